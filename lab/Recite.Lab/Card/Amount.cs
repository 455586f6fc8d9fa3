using System.Text;
using Recite.Lab.Corpus;
using Recite.Lab.Tokenizer;

namespace Recite.Lab.Card;

/// <summary>How much text a set of documents is.</summary>
internal sealed record Amount(int Documents, long Bytes, long Tokens)
{
    public static Amount Of(IReadOnlyList<CorpusText> texts, BpeTokenizer tokenizer) => new(
        texts.Count,
        texts.Sum(text => (long)Encoding.UTF8.GetByteCount(text.Text)),
        texts.Sum(text => (long)tokenizer.Encode(text.Text).Length));
}
