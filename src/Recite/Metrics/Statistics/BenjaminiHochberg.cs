namespace Recite.Metrics.Statistics;

/// <summary>
/// P-values adjusted for how many were looked at, so that at most the stated share of what is called significant is false (Benjamini and
/// Hochberg 1995, "Controlling the false discovery rate"): the smallest rate at which each would be kept.
/// </summary>
/// <remarks>Worked example: 0.01, 0.02, 0.03, 0.5 become 0.04, 0.04, 0.04, 0.5.</remarks>
public static class BenjaminiHochberg
{
    /// <summary>The adjusted values, in the order of the given ones.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is no probability.</exception>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> pValues)
    {
        if (pValues.Any(p => !(p is >= 0 and <= 1)))
            throw new ArgumentOutOfRangeException(nameof(pValues), "A p-value lies between 0 and 1.");

        int[] order = [.. Enumerable.Range(0, pValues.Count).OrderBy(i => pValues[i])];
        double[] adjusted = new double[pValues.Count];
        double least = 1;

        // From the largest down: what is kept at some rate keeps everything below it as well.
        for (int rank = order.Length; rank >= 1; rank--)
        {
            least = Math.Min(least, pValues[order[rank - 1]] * order.Length / rank);
            adjusted[order[rank - 1]] = least;
        }

        return adjusted;
    }
}
