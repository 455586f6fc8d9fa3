using System.Numerics;
using CsCheck;
using Recite.Metrics.Statistics;
using Recite.Probes;

namespace Recite.Tests.Metrics.Statistics;

public sealed class RankSumTestTest
{
    [Fact]
    public void Is_the_worked_example_of_its_documentation()
    {
        RankSumTest test = RankSumTest.Compare([1, 2, 3], [4, 5, 6, 7]);
        Assert.True(test.IsExact);
        Assert.Equal(0, test.U);
        Assert.Equal(2.0 / 35, test.PValue, 1e-12);
    }

    // Naive: every way to choose the first group out of all values.
    [Fact]
    public void Equals_the_count_over_every_choice_of_the_first_group() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6], Gen.ULong).Sample((m, n, seed) =>
        {
            int[] places = [.. Enumerable.Range(0, m + n)];
            new SeededRandom(seed).Shuffle(places);
            RankSumTest test = RankSumTest.Compare([.. places.Take(m).Select(p => (double)p)], [.. places.Skip(m).Select(p => (double)p)]);
            List<int> all = [.. Enumerable.Range(0, 1 << (m + n)).Where(s => BitOperations.PopCount((uint)s) == m).Select(s => Wins(s, m + n))];
            double tail = Math.Min(all.Count(u => u <= test.U), all.Count(u => u >= test.U)) / (double)all.Count;
            Assert.Equal(Math.Min(1, 2 * tail), test.PValue, 1e-12);
            Assert.Equal(places.Take(m).Sum(a => places.Skip(m).Count(b => a > b)), test.U);
        }, iter: 200);

    [Fact]
    public void The_approximation_is_near_the_count_where_it_takes_over()
    {
        var random = new NormalNumbers(SeededRandom.For(4, "near"));
        double[] first = [.. Enumerable.Range(0, 50).Select(_ => random.Next() + 0.4)], second = [.. Enumerable.Range(0, 50).Select(_ => random.Next())];
        RankSumTest exact = RankSumTest.Compare(first, second);

        // One more value in each group, at both ends, changes next to nothing but the method.
        RankSumTest normal = RankSumTest.Compare([.. first, 100], [.. second, 99]);
        Assert.True(exact.IsExact);
        Assert.False(normal.IsExact);
        Assert.InRange(normal.PValue / exact.PValue, 0.7, 1.4);
    }

    [Fact]
    public void Ties_shrink_the_variance()
    {
        // 0 0 0 1 against 0 1 1 1: U = 4, variance 16/12 x (9 - 120/56), continuity 1/2.
        RankSumTest test = RankSumTest.Compare([0, 0, 0, 1], [0, 1, 1, 1]);
        Assert.False(test.IsExact);
        Assert.Equal(4, test.U);
        Assert.Equal(0.25, test.U / 16);
        Assert.Equal(0.25, Roc.Auc([0, 0, 0, 1], [0, 1, 1, 1]));
        Assert.Equal(2 * NormalTail.Above(3.5 / Math.Sqrt(16.0 / 12 * (9 - (120.0 / 56)))), test.PValue, 1e-12);
    }

    [Fact]
    public void Equal_values_throughout_prove_nothing() => Assert.Equal(1, RankSumTest.Compare([3, 3, 3], [3, 3]).PValue);

    [Theory]
    [InlineData(20, 15, 0)]
    [InlineData(80, 120, 5)]
    public void Rejects_a_true_null_about_as_often_as_it_says(int first, int second, int ties)
    {
        var random = new NormalNumbers(SeededRandom.For(5, $"null {first}"));
        double Value() => ties == 0 ? random.Next() : Math.Floor(random.Uniform() * ties);
        const int Rounds = 3000;
        int rejected = 0;
        for (int round = 0; round < Rounds; round++)
            rejected += RankSumTest.Compare([.. Enumerable.Range(0, first).Select(_ => Value())], [.. Enumerable.Range(0, second).Select(_ => Value())]).PValue <= 0.05 ? 1 : 0;

        // Five standard errors about 5 %.
        Assert.InRange((double)rejected / Rounds, 0.03, 0.07);
    }

    [Fact]
    public void Refuses_an_empty_group_and_what_is_no_number()
    {
        Assert.Throws<ArgumentException>(() => RankSumTest.Compare([], [1]));
        Assert.Throws<ArgumentException>(() => RankSumTest.Compare([double.NaN], [1]));
    }

    private static int Wins(int choice, int count)
    {
        int wins = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
                wins += (choice >> i & 1) == 1 && (choice >> j & 1) == 0 ? 1 : 0;
        }

        return wins;
    }
}
