using Recite.Probes;

namespace Recite.Metrics.Statistics;

/// <summary>
/// The randomization test of a design in which chance decided who was treated (Fisher 1935, "The Design of Experiments"; Edgington 1995):
/// the observed sum of values against the sums of all assignments that the coin could have made. It assumes nothing about the values;
/// what makes it valid is that they do not depend on the assignment where the treatment had no effect. One-sided: large sums are evidence.
/// </summary>
/// <remarks>
/// Exact by dynamic programming over the integer sums, as long as that is affordable; beyond, by drawing assignments, with
/// p = (1 + as large) / (1 + draws) (Davison and Hinkley 1997, section 4.2), and <see cref="RandomizationResult.Method"/> says so.
/// Worked example: the pairs (0, 1), (0, 1), (0, 1) with the larger chosen each time: p = 1/8.
/// </remarks>
public static class RandomizationTest
{
    /// <summary>The method of p-values that count every assignment.</summary>
    public const string Exact = "exact: every assignment counted by dynamic programming";

    /// <summary>Draws where counting every assignment would take too long.</summary>
    public const int Draws = 99_999;

    // About two seconds of additions.
    private const double MostSteps = 2e9;

    /// <summary>The method of p-values from drawn assignments.</summary>
    public static string MonteCarlo { get; } = FormattableString.Invariant($"Monte Carlo: {Draws} drawn assignments, (1 + as large) / (1 + draws)");

    /// <summary>One member of each group was chosen, each with the same chance and independently of the other groups.</summary>
    /// <param name="groups">The values of the members, group by group.</param>
    /// <param name="chosen">Index of the chosen member of each group.</param>
    /// <param name="seed">Random seed for the case that assignments are drawn.</param>
    public static RandomizationResult OneOfEach(IReadOnlyList<IReadOnlyList<long>> groups, IReadOnlyList<int> chosen, ulong seed = 7)
    {
        if (groups.Count == 0 || chosen.Count != groups.Count)
            throw new ArgumentException("There is one chosen member for each of at least one group.", nameof(chosen));
        long observed = 0;
        for (int g = 0; g < groups.Count; g++)
            observed += groups[g][chosen[g]];

        double width = 0, steps = 0;
        foreach (IReadOnlyList<long> group in groups)
        {
            width += group.Max() - group.Min();
            steps += (width + 1) * group.Count;
        }

        return steps <= MostSteps
            ? new RandomizationResult(CountOneOfEach(groups, observed), Exact, observed)
            : Drawn(DrawOneOfEach(groups, observed, seed), observed);
    }

    /// <summary>So many members of one list were chosen, every such subset with the same chance.</summary>
    /// <param name="values">The values of all members.</param>
    /// <param name="chosen">Whether each member was chosen; at least one and not all.</param>
    /// <param name="seed">Random seed for the case that assignments are drawn.</param>
    public static RandomizationResult Subset(IReadOnlyList<long> values, IReadOnlyList<bool> chosen, ulong seed = 7)
    {
        int size = chosen.Count(c => c);
        if (size == 0 || chosen.Count != values.Count)
            throw new ArgumentException("Every value was chosen or not, and at least one was.", nameof(chosen));
        long observed = values.Where((_, i) => chosen[i]).Sum();
        long least = values.Min();
        double width = values.OrderDescending().Take(size).Sum(v => (double)(v - least));
        return width * size * values.Count <= MostSteps && width < 50_000_000.0 / (size + 1)
            ? new RandomizationResult(CountSubset([.. values.Select(v => (int)(v - least))], size, observed - (least * size), (int)width), Exact, observed)
            : Drawn(DrawSubset([.. values], size, observed, seed), observed);
    }

    // share[s]: share of the assignments of the groups so far whose values, each less its group's least, sum to s.
    private static double CountOneOfEach(IReadOnlyList<IReadOnlyList<long>> groups, long observed)
    {
        double[] share = [1];
        foreach (IReadOnlyList<long> group in groups)
        {
            long least = group.Min();
            observed -= least;
            double[] next = new double[share.Length + (int)(group.Max() - least)];
            foreach (IGrouping<long, long> equal in group.GroupBy(v => v))
            {
                int shift = (int)(equal.Key - least);
                double weight = (double)equal.Count() / group.Count;
                for (int s = 0; s < share.Length; s++)
                    next[s + shift] += share[s] * weight;
            }

            share = next;
        }

        return Tail(share, observed);
    }

    // share[k][s]: probability that k of the members so far are chosen and sum to s. The next member is chosen with probability
    // (still to choose) / (still to come), which makes every subset of the size equally likely.
    private static double CountSubset(int[] values, int size, long observed, int width)
    {
        double[][] share = [.. Enumerable.Range(0, size + 1).Select(_ => new double[width + 1])];
        share[0][0] = 1;
        for (int i = 0; i < values.Length; i++)
        {
            int value = values[i];
            double left = values.Length - i;
            for (int k = Math.Min(i, size); k >= 0; k--)
            {
                double chance = Math.Min(1, (size - k) / left);
                double[] from = share[k];
                if (k < size)
                {
                    double[] into = share[k + 1];
                    for (int s = 0; s + value <= width; s++)
                        into[s + value] += from[s] * chance;
                }

                for (int s = 0; s <= width; s++)
                    from[s] *= 1 - chance;
            }
        }

        return Tail(share[size], observed);
    }

    private static double Tail(double[] share, long from)
    {
        double tail = 0;
        for (long s = share.Length - 1; s >= from; s--)
            tail += share[s];
        return Math.Min(1, tail);
    }

    private static RandomizationResult Drawn(double p, long observed)
    {
        var result = new RandomizationResult(p, MonteCarlo, observed);
        return result.IsUpperBound ? result with { Method = MonteCarlo + "; none was as large, so that p is at most this" } : result;
    }

    private static double DrawOneOfEach(IReadOnlyList<IReadOnlyList<long>> groups, long observed, ulong seed)
    {
        var random = SeededRandom.For(seed, "randomization");
        int asLarge = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            long sum = 0;
            foreach (IReadOnlyList<long> group in groups)
                sum += group[(int)random.Below(group.Count)];
            asLarge += sum >= observed ? 1 : 0;
        }

        return (1.0 + asLarge) / (1 + Draws);
    }

    private static double DrawSubset(long[] values, int size, long observed, ulong seed)
    {
        var random = SeededRandom.For(seed, "randomization");
        int asLarge = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            long sum = 0;
            for (int i = 0; i < size; i++)
            {
                int j = i + (int)random.Below(values.Length - i);
                (values[i], values[j]) = (values[j], values[i]);
                sum += values[i];
            }

            asLarge += sum >= observed ? 1 : 0;
        }

        return (1.0 + asLarge) / (1 + Draws);
    }
}

/// <summary>The outcome of a randomization test.</summary>
/// <param name="PValue">Share of assignments whose sum is at least the observed one; never 0.</param>
/// <param name="Method">How it was counted.</param>
/// <param name="Observed">The observed sum.</param>
public sealed record RandomizationResult(double PValue, string Method, long Observed)
{
    /// <summary>Whether no drawn assignment was as large, so that the p-value is only known to be at most <see cref="PValue"/>.</summary>
    public bool IsUpperBound => Method.StartsWith(RandomizationTest.MonteCarlo, StringComparison.Ordinal) && PValue <= 1.0 / (1 + RandomizationTest.Draws);
}
