using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;
using Recite.Lab.Corpus;
using Recite.Lab.Formats;

namespace Recite.Lab.Checks;

/// <summary>Reads the exported vocab.json and merges.txt with somebody else's tokenizer, which must cut each text as ours does.</summary>
internal static class TokenizerCheck
{
    public static void Require(string folder, Tokenizer.BpeTokenizer ours, IEnumerable<CorpusText> texts)
    {
        var special = new Dictionary<string, int>(StringComparer.Ordinal) { [Tokenizer.Vocabulary.SeparatorText] = ours.Vocabulary.Separator };
        BpeTokenizer theirs = BpeTokenizer.Create(new BpeOptions(Path.Combine(folder, "vocab.json"), Path.Combine(folder, "merges.txt"))
        {
            ByteLevel = true,
            PreTokenizer = new RegexPreTokenizer(new Regex(Tokenizer.PreTokenizer.Gpt2, RegexOptions.CultureInvariant, TimeSpan.FromMinutes(1)), special),
            SpecialTokens = special,
        });
        foreach (CorpusText text in texts)
        {
            int[] ids = ours.Encode(text.Text);
            if (!theirs.EncodeToIds(text.Text).SequenceEqual(ids))
                throw new LabException($"{text.Id}: Microsoft.ML.Tokenizers cuts this text differently from the lab's tokenizer; the tokenizer files in {folder} are wrong.");
            if (!string.Equals(theirs.Decode(ids), text.Text, StringComparison.Ordinal))
                throw new LabException($"{text.Id}: the tokens do not decode to the text; the vocabulary in {folder} is wrong.");
        }
    }
}
