using Recite.Indexing.Text;
using Recite.Metrics.Statistics;
using Recite.Reporting;

namespace Recite.Metrics;

/// <summary>The share of outputs that hold at least so many characters or words of a corpus in a row, against that length (M13's headline figure).</summary>
internal static class LengthCurve
{
    private static readonly int[] s_lengths = [30, 40, 50, 64, 80, 100, 125, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2000, 3000, 5000];

    private static readonly int[] s_words = [5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 125, 150, 200, 250, 300, 400, 500];

    /// <summary>
    /// Makes the curve in words, from the least number of words that cannot be missed in any of the outputs on: so many words in a row are at
    /// least as long as the guarantee wherever in these outputs they stand. It ends at the first length that no output reaches, or at 500.
    /// </summary>
    /// <param name="name">The curve.</param>
    /// <param name="series">Whose outputs.</param>
    /// <param name="longest">Words of the longest run of each output.</param>
    /// <param name="outputs">The outputs in normalized bytes.</param>
    /// <param name="guarantee">Bytes from which the index misses nothing.</param>
    /// <param name="confidence">Coverage of the intervals.</param>
    public static Curve MakeInWords(string name, string series, IReadOnlyList<int> longest, IEnumerable<ReadOnlyMemory<byte>> outputs, int guarantee, double confidence)
    {
        int least = outputs.Select(output => LeastWords(output.Span, guarantee)).Append(s_words[0]).Max();
        return Make(name, series, "words of normalized text in a row", longest, s_words.Where(l => l > least).Prepend(least), confidence);
    }

    /// <summary>The least number of words that take up the guarantee wherever they stand in an output.</summary>
    internal static int LeastWords(ReadOnlySpan<byte> output, int guarantee)
    {
        List<TextSpan> words = [];
        foreach (TextSpan word in WordBreaker.EnumerateWords(output))
            words.Add(word);

        // Each run that is still too short needs a word more; the longest of these runs decides.
        int least = 1;
        for (int first = 0, last = 0; first < words.Count; first++)
        {
            while (last < words.Count && words[last].End - words[first].Start < guarantee)
                last++;
            least = Math.Max(least, last - first + (last < words.Count ? 1 : 0));
            if (last == words.Count)
            {
                // What is left of the output is shorter than the guarantee: a run of all of it can be missed, a longer one cannot stand there.
                least = Math.Max(least, words.Count - first + 1);
                break;
            }
        }

        return least;
    }

    /// <summary>
    /// Makes the curve from the guarantee on (shorter matches can be missed) up to the first length that no output reaches.
    /// </summary>
    public static Curve Make(string name, string series, IReadOnlyList<int> longest, int guarantee, double confidence) =>
        Make(name, series, "characters of normalized text in a row", longest, s_lengths.Where(l => l > guarantee).Prepend(guarantee), confidence);

    private static Curve Make(string name, string series, string unit, IReadOnlyList<int> longest, IEnumerable<int> lengths, double confidence)
    {
        var points = new List<CurvePoint>();
        foreach (int length in lengths)
        {
            int reached = longest.Count(l => l >= length);
            Interval interval = ClopperPearson.TwoSided(reached, longest.Count, confidence);
            points.Add(new CurvePoint(length, (double)reached / longest.Count, interval.Low, interval.High));
            if (reached == 0)
                break;
        }

        return new Curve(name, series, unit, "share of outputs", points);
    }
}
