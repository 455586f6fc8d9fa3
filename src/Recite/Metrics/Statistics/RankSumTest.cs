namespace Recite.Metrics.Statistics;

/// <summary>
/// Whether one group of values tends to be larger than another, by ranks (Wilcoxon 1945, "Individual comparisons by ranking methods"; Mann
/// and Whitney 1947, "On a test of whether one of two random variables is stochastically larger than the other").
/// </summary>
/// <remarks>
/// Exact by counting where no values are tied and neither group has more than <see cref="MostExact"/>; else normal with the variance
/// corrected for ties (Lehmann 1975, Nonparametrics, section 1.4) and for continuity.
/// Worked example: {1, 2, 3} against {4, 5, 6, 7}: U = 0, p = 2 / C(7, 3) = 0.057143.
/// </remarks>
/// <param name="U">Pairs in which the first group's value is the larger; ties count one half.</param>
/// <param name="PValue">Of no difference, two-sided.</param>
/// <param name="IsExact">Whether the p-value was counted rather than approximated.</param>
public sealed record RankSumTest(double U, double PValue, bool IsExact)
{
    /// <summary>The largest group for which untied values are counted exactly.</summary>
    public const int MostExact = 50;

    /// <summary>Compares two groups of at least one value each.</summary>
    /// <exception cref="ArgumentException">A group is empty or holds what is no number.</exception>
    public static RankSumTest Compare(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        Check(first, nameof(first));
        Check(second, nameof(second));

        (double u, double tieSum) = Rank(first, second);
        bool exact = tieSum == 0 && first.Count <= MostExact && second.Count <= MostExact;
        double p = exact ? Exact(u, first.Count, second.Count) : Normal(u, first.Count, second.Count, tieSum);
        return new RankSumTest(u, p, exact);
    }

    private static void Check(IReadOnlyList<double> values, string name)
    {
        if (values.Count == 0 || values.Any(double.IsNaN))
            throw new ArgumentException("A comparison by ranks needs a number in each group, and nothing that is none.", name);
    }

    // U by mid-ranks, and the sum of t^3 - t over groups of tied values.
    private static (double U, double TieSum) Rank(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        (double Value, bool IsFirst)[] all = [.. first.Select(v => (v, true)).Concat(second.Select(v => (v, false))).OrderBy(v => v.Item1)];
        double rankSum = 0, tieSum = 0;
        int start = 0;
        while (start < all.Length)
        {
            int end = start + 1;
            while (end < all.Length && all[end].Value == all[start].Value)
                end++;
            double middleRank = (start + 1 + end) / 2.0;
            rankSum += middleRank * all[start..end].Count(v => v.IsFirst);
            double tied = end - start;
            tieSum += (tied * tied * tied) - tied;
            start = end;
        }

        return (rankSum - (first.Count * (first.Count + 1.0) / 2), tieSum);
    }

    private static double Exact(double u, int first, int second)
    {
        double[] shares = Distribution(first, second);
        int least = (int)Math.Min(u, shares.Length - 1 - u);
        double tail = 0;
        for (int i = 0; i <= least; i++)
            tail += shares[i];
        return Math.Min(1, 2 * tail);
    }

    // Share of all orders with each U. The largest of all values is in the first group with chance m / (m + n), and then beats all n.
    private static double[] Distribution(int first, int second)
    {
        // rows[n] is the distribution for the current m and n of the second group.
        double[][] rows = [.. Enumerable.Range(0, second + 1).Select(_ => (double[])[1.0])];
        for (int m = 1; m <= first; m++)
        {
            double[][] next = new double[second + 1][];
            next[0] = [1.0];
            for (int n = 1; n <= second; n++)
            {
                double[] share = new double[(m * n) + 1];
                double chance = (double)m / (m + n);
                for (int i = 0; i < rows[n].Length; i++)
                    share[i + n] += chance * rows[n][i];
                for (int i = 0; i < next[n - 1].Length; i++)
                    share[i] += (1 - chance) * next[n - 1][i];
                next[n] = share;
            }

            rows = next;
        }

        return rows[second];
    }

    private static double Normal(double u, int first, int second, double tieSum)
    {
        double all = first + second;
        double pairs = (double)first * second;
        double variance = pairs / 12 * (all + 1 - (tieSum / (all * (all - 1))));
        double away = Math.Max(0, Math.Abs(u - (pairs / 2)) - 0.5);
        return variance <= 0 ? 1 : Math.Min(1, 2 * NormalTail.Above(away / Math.Sqrt(variance)));
    }
}
