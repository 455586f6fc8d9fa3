using Recite.Metrics.Statistics;
using Recite.SelfTest.Rows;

namespace Recite.SelfTest.Tests.Rows;

public sealed class RankTestRowTest
{
    [Fact]
    public async Task Holds_with_the_rank_sum_test()
    {
        RowMeasure measure = await Measure(new RankTestRow());
        Assert.True(measure.Holds, measure.Measured);
    }

    [Fact]
    public async Task Fails_with_a_tail_that_was_not_doubled() => await Fails((first, second) => RankSumTest.Compare(first, second).PValue / 2);

    [Fact]
    public async Task Fails_with_a_tail_that_was_doubled_twice() => await Fails((first, second) => Math.Min(1, 2 * RankSumTest.Compare(first, second).PValue));

    // A little noise, always in the same order, breaks the ties in favour of one group.
    [Fact]
    public async Task Fails_where_tied_values_take_the_ranks_they_happen_to_stand_in() => await Fails((first, second) =>
        RankSumTest.Compare([.. first.Select((v, i) => v + (i * 1e-9))], [.. second.Select((v, i) => v + 1e-6 + (i * 1e-9))]).PValue);

    [Fact]
    public async Task Fails_where_the_variance_forgets_ties() => await Fails((first, second) =>
    {
        RankSumTest test = RankSumTest.Compare(first, second);
        double pairs = (double)first.Count * second.Count;
        return 2 * NormalTail.Above(Math.Abs(test.U - (pairs / 2)) / Math.Sqrt(pairs / 12 * (first.Count + second.Count + 1)));
    });

    private static async Task Fails(Func<IReadOnlyList<double>, IReadOnlyList<double>, double> broken)
    {
        RowMeasure measure = await Measure(new RankTestRow(broken));
        Assert.False(measure.Holds, measure.Measured);
    }

    private static Task<RowMeasure> Measure(RankTestRow row) => row.MeasureAsync(SimulationContext.Instance, TestContext.Current.CancellationToken);
}
