using System.Text;
using Recite.Evidence;
using Recite.Indexing.Text;

namespace Recite.Canaries.Scoring;

/// <summary>How much of a text came back: the share of its runs of words that stand in another text, both normalized.</summary>
internal sealed class GramCoverage
{
    private readonly TextNormalizer _normalizer = TextNormalizer.For("text");

    /// <summary>From 0 to 1. A text of fewer words than a run has counts as one run.</summary>
    public double Of(string suffix, string completion, int gramWords)
    {
        string[] wanted = Words(suffix), given = Words(completion);
        int length = Math.Min(gramWords, wanted.Length);
        if (length == 0)
            return 0;
        HashSet<string> present = [.. Grams(given, length)];
        string[] grams = [.. Grams(wanted, length)];
        return grams.Count(present.Contains) / (double)grams.Length;
    }

    private string[] Words(string text) =>
        Encoding.UTF8.GetString(NormalizedPiece.Of(_normalizer, Encoding.UTF8.GetBytes(text)).Span).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Grams(string[] words, int length) =>
        Enumerable.Range(0, Math.Max(0, words.Length - length + 1)).Select(i => string.Join(' ', words[i..(i + length)]));
}
