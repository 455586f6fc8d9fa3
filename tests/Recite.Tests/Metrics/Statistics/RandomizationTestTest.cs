using CsCheck;
using Recite.Metrics.Statistics;

namespace Recite.Tests.Metrics.Statistics;

public sealed class RandomizationTestTest
{
    [Fact]
    public void The_worked_example_of_the_documentation_holds()
    {
        RandomizationResult result = RandomizationTest.OneOfEach([[0, 1], [0, 1], [0, 1]], [1, 1, 1]);
        Assert.Equal(1 / 8.0, result.PValue, 15);
        Assert.Equal(RandomizationTest.Exact, result.Method);
        Assert.Equal(3, result.Observed);
    }

    [Fact]
    public void One_of_each_group_equals_the_enumeration_of_all_assignments() =>
        Gen.Select(Gen.Long[-4, 4].Array[1, 4].Array[1, 5], Gen.Int[0, 1000]).Sample((groups, pick) =>
        {
            int[] chosen = [.. groups.Select((g, i) => (pick + (i * 7)) % g.Length)];
            long observed = groups.Select((g, i) => g[chosen[i]]).Sum();
            long[] sums = [0];
            foreach (long[] group in groups)
                sums = [.. sums.SelectMany(s => group.Select(v => s + v))];
            double naive = sums.Count(s => s >= observed) / (double)sums.Length;
            Assert.Equal(naive, RandomizationTest.OneOfEach(groups, chosen).PValue, 12);
        });

    [Fact]
    public void A_subset_equals_the_enumeration_of_all_subsets_of_its_size() =>
        Gen.Select(Gen.Long[-4, 4].Array[2, 9], Gen.Int[1, 500]).Sample((values, mask) =>
        {
            mask = 1 + (mask % ((1 << values.Length) - 1));
            int size = int.PopCount(mask);
            long observed = Sum(values, mask);
            long[] sums = [.. Enumerable.Range(0, 1 << values.Length).Where(m => int.PopCount(m) == size).Select(m => Sum(values, m))];
            RandomizationResult result = RandomizationTest.Subset(values, [.. values.Select((_, i) => (mask >> i & 1) == 1)]);
            Assert.Equal(RandomizationTest.Exact, result.Method);
            Assert.Equal(sums.Count(s => s >= observed) / (double)sums.Length, result.PValue, 12);
        });

    [Fact]
    public void Over_all_coins_the_p_value_is_at_most_alpha_in_at_most_alpha_of_them()
    {
        long[][] groups = [[3, 1, 1], [0, 5, 2], [2, 2, 7], [4, 0, 1]];
        var values = new List<double>();
        for (int coin = 0; coin < 81; coin++)
            values.Add(RandomizationTest.OneOfEach(groups, [coin % 3, coin / 3 % 3, coin / 9 % 3, coin / 27]).PValue);
        foreach (double alpha in values)
            Assert.True(values.Count(p => p <= alpha + 1e-12) / 81.0 <= alpha + 1e-9);
    }

    [Fact]
    public void Beyond_what_can_be_counted_assignments_are_drawn_and_the_result_says_so()
    {
        // 200 groups whose values lie a billion apart: counting their sums would take hours.
        long[][] groups = [.. Enumerable.Range(0, 200).Select(i => new long[] { 0, 1_000_000_000 + i })];
        RandomizationResult all = RandomizationTest.OneOfEach(groups, [.. groups.Select(_ => 1)]);
        Assert.StartsWith(RandomizationTest.MonteCarlo, all.Method, StringComparison.Ordinal);
        Assert.EndsWith("p is at most this", all.Method, StringComparison.Ordinal);
        Assert.True(all.IsUpperBound);
        Assert.Equal(1.0 / (RandomizationTest.Draws + 1), all.PValue, 15);
    }

    [Fact]
    public void Drawn_subsets_agree_with_the_count()
    {
        long[] large = [.. Enumerable.Range(0, 12).Select(i => i * 100_000_000L)];
        long[] small = [.. Enumerable.Range(0, 12).Select(i => (long)i)];
        bool[] chosen = [.. small.Select(v => v is 11 or 9 or 8 or 4)];
        RandomizationResult drawn = RandomizationTest.Subset(large, chosen), counted = RandomizationTest.Subset(small, chosen);
        Assert.Equal(RandomizationTest.MonteCarlo, drawn.Method);
        Assert.False(drawn.IsUpperBound);
        Assert.False(counted.IsUpperBound);
        Assert.Equal(RandomizationTest.Exact, counted.Method);
        // The draws are seeded, so this holds always or never; five standard errors are about 0.005.
        Assert.Equal(counted.PValue, drawn.PValue, 0.005);
    }

    private static long Sum(long[] values, int mask) => values.Where((_, i) => (mask >> i & 1) == 1).Sum();
}
