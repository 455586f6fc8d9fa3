using Recite.Metrics.Statistics;
using Recite.Reporting;

namespace Recite.Metrics;

/// <summary>The share of outputs that hold at least so many characters of a corpus in a row, against that length (M13's headline figure).</summary>
internal static class LengthCurve
{
    private static readonly int[] s_lengths = [30, 40, 50, 64, 80, 100, 125, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2000, 3000, 5000];

    /// <summary>
    /// Makes the curve from the guarantee on (shorter matches can be missed) up to the first length that no output reaches.
    /// </summary>
    public static Curve Make(string name, string series, IReadOnlyList<int> longest, int guarantee, double confidence)
    {
        var points = new List<CurvePoint>();
        foreach (int length in s_lengths.Where(l => l > guarantee).Prepend(guarantee))
        {
            int reached = longest.Count(l => l >= length);
            Interval interval = ClopperPearson.TwoSided(reached, longest.Count, confidence);
            points.Add(new CurvePoint(length, (double)reached / longest.Count, interval.Low, interval.High));
            if (reached == 0)
                break;
        }

        return new Curve(name, series, "characters of normalized text in a row", "share of outputs", points);
    }
}
