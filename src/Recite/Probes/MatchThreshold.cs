using System.Text;
using Recite.Indexing.Text;
using Recite.Targets;

namespace Recite.Probes;

/// <summary>Measures spans of a completion in the unit of <c>match.minLength</c>.</summary>
internal sealed record MatchThreshold(TextLength Least, ITokenizer? Tokenizer)
{
    /// <summary>What the engine can apply by itself: it counts characters and words, but knows no tokenizer.</summary>
    public TextLength? ForEngine => Least.Unit == LengthUnit.Tokens ? null : Least;

    /// <summary>Length of a span of the normalized text.</summary>
    public int Measure(NormalizedText text, TextSpan span) => Least.Unit switch
    {
        LengthUnit.Characters => text.CountCharacters(span),
        LengthUnit.Words => text.CountWords(span),
        _ => CountTokens(text, span),
    };

    private int CountTokens(NormalizedText text, TextSpan span)
    {
        TextSpan original = text.ToOriginalInside(span);
        return Tokenizer!.Encode(Encoding.UTF8.GetString(text.Original.Span[original.Start..original.End])).Count;
    }
}
