using CsCheck;
using Recite.Metrics.Statistics;

namespace Recite.Tests.Metrics.Statistics;

public sealed class TruePositiveRateTest
{
    private static readonly double[] s_hundred = [.. Enumerable.Range(1, 100).Select(i => (double)i)];

    [Fact]
    public void The_worked_example_holds()
    {
        TruePositiveRate read = TruePositiveRate.Read([99, 100, 101], s_hundred, 0.01, 0.95)!;
        Assert.Equal((100, 1, 3, 0), (read.Threshold, read.Hits, read.Members, read.FalsePositives));
        Assert.InRange(read.FalsePositiveRateHigh, 0.03, 0.04);
    }

    [Theory]
    [InlineData(99, 0.01, false)]
    [InlineData(100, 0.01, true)]
    [InlineData(999, 0.001, false)]
    [InlineData(1000, 0.001, true)]
    public void Too_few_non_members_give_no_figure(int nonMembers, double rate, bool isRead) =>
        Assert.Equal(isRead, TruePositiveRate.Read([1], [.. Enumerable.Range(0, nonMembers).Select(i => (double)i)], rate, 0.95) is not null);

    [Fact]
    public void Scores_tied_with_the_threshold_do_not_pass()
    {
        TruePositiveRate read = TruePositiveRate.Read([7, 7, 7], [.. Enumerable.Repeat(7.0, 200)], 0.01, 0.95)!;
        Assert.Equal((0, 0), (read.Hits, read.FalsePositives));
    }

    [Fact]
    public void The_share_of_non_members_that_pass_is_never_above_what_was_asked_for() =>
        Gen.Int[0, 50].Select(i => (double)i).Array[20, 60].Sample(nonMembers =>
        {
            TruePositiveRate read = TruePositiveRate.Read([60], nonMembers, 0.05, 0.95)!;
            Assert.True(read.FalsePositives <= 0.05 * nonMembers.Length);
            Assert.Equal(1, read.Hits);
        });
}
