namespace Recite.Metrics.Statistics;

/// <summary>
/// The median with its distribution-free interval between two order statistics (the sign test turned round; David and Nagaraja, Order
/// Statistics, 2003, section 7.1). Values may be infinite: only their order counts.
/// </summary>
/// <remarks>Worked example: of 10 values the 2nd and the 9th hold the median at 95 % (exactly 97.85 %); of 5 values no two do.</remarks>
/// <param name="Median">The middle value, or the mean of the two middle ones.</param>
/// <param name="Low">Lower end; negative infinity where there are too few values.</param>
/// <param name="High">Upper end; positive infinity where there are too few values.</param>
public sealed record MedianInterval(double Median, double Low, double High)
{
    /// <summary>The <c>method</c> that medians carry.</summary>
    public const string Method = "median; order statistics, exact";

    /// <summary>The median of at least one value.</summary>
    public static MedianInterval Of(IReadOnlyList<double> values, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        double[] sorted = [.. values.Order()];
        int count = sorted.Length;
        double lower = sorted[(count - 1) / 2], upper = sorted[count / 2];
        double median = lower == upper ? lower : lower + ((upper - lower) / 2);

        // The r-th smallest lies above the median when fewer than r values lie below it: P(Binomial(count, 1/2) < r).
        double tail = (1 - confidence) / 2;
        int rank = 0;
        while (rank + 1 <= (count + 1) / 2 && BelowHalf(count, rank + 1) <= tail)
            rank++;
        return rank == 0
            ? new MedianInterval(median, double.NegativeInfinity, double.PositiveInfinity)
            : new MedianInterval(median, sorted[rank - 1], sorted[count - rank]);
    }

    // P(X <= r - 1) = P(X >= count - r + 1) for X ~ Binomial(count, 1/2).
    private static double BelowHalf(int count, int r) => IncompleteBeta.Regularized(0.5, count - r + 1, r);
}
