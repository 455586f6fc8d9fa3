using Recite.Lab.Corpus;
using Recite.Lab.Model;
using Recite.Lab.Tokenizer;

namespace Recite.Lab.Checks;

/// <summary>How many of a set of texts came back from their own first 50 tokens.</summary>
internal sealed record TextExtraction(int Extracted, int Texts)
{
    public static TextExtraction Measure(Llama model, BpeTokenizer tokenizer, IReadOnlyList<CorpusText> texts)
    {
        Passage[] passages =
        [
            .. texts.Select(text => tokenizer.Encode(text.Text))
                .Where(ids => ids.Length >= CanaryExtraction.PrefixTokens + CanaryExtraction.SuffixTokens)
                .Select(ids => CanaryExtraction.FromStart(ids, tokenizer.Vocabulary.Separator)),
        ];
        return new TextExtraction(new GreedyExtraction(model).Run(passages).Count(extracted => extracted), passages.Length);
    }
}
