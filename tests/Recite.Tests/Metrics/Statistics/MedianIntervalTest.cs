using Recite.Metrics.Statistics;
using Recite.Probes;

namespace Recite.Tests.Metrics.Statistics;

public sealed class MedianIntervalTest
{
    [Fact]
    public void Of_ten_values_the_second_and_the_ninth_hold_the_median() =>
        Assert.Equal(new MedianInterval(5.5, 2, 9), MedianInterval.Of([10, 3, 7, 1, 5, 9, 2, 8, 4, 6], 0.95));

    [Fact]
    public void Of_five_values_no_two_do() =>
        Assert.Equal(new MedianInterval(3, double.NegativeInfinity, double.PositiveInfinity), MedianInterval.Of([5, 1, 4, 2, 3], 0.95));

    [Fact]
    public void Values_out_of_reach_are_the_largest()
    {
        MedianInterval median = MedianInterval.Of([.. Enumerable.Repeat(1.0, 5), .. Enumerable.Repeat(double.PositiveInfinity, 5)], 0.9);
        Assert.Equal((double.PositiveInfinity, 1.0, double.PositiveInfinity), (median.Median, median.Low, median.High));
    }

    // The coverage of a pair of order statistics is known exactly: counted by hand here, for every size.
    [Fact]
    public void Covers_at_least_as_often_as_it_says_and_no_wider_pair_is_needed()
    {
        for (int count = 6; count <= 60; count++)
        {
            MedianInterval interval = MedianInterval.Of([.. Enumerable.Range(1, count).Select(i => (double)i)], 0.95);
            int rank = (int)interval.Low;
            Assert.Equal(count + 1, interval.Low + interval.High);
            Assert.True(Below(count, rank) <= 0.025, $"n = {count}");
            Assert.True(Below(count, rank + 1) > 0.025, $"n = {count} could be narrower");
        }
    }

    [Fact]
    public void Holds_the_median_of_a_simulated_population()
    {
        var random = new SeededRandom(11);
        int covered = 0;
        for (int run = 0; run < 2000; run++)
        {
            MedianInterval interval = MedianInterval.Of([.. Enumerable.Range(0, 25).Select(_ => Math.Pow(random.Below(1_000_000) / 1e6, 3))], 0.95);
            covered += interval.Low <= 0.125 && interval.High >= 0.125 ? 1 : 0;
        }

        // Exactly 95.7 %; five standard errors are 2.3 points.
        Assert.InRange(covered, 1860, 1975);
    }

    // P(fewer than r of n fair coins fall on one side).
    private static double Below(int count, int r)
    {
        double term = Math.Pow(0.5, count), sum = 0;
        for (int i = 0; i < r; i++)
        {
            sum += term;
            term *= (double)(count - i) / (i + 1);
        }

        return sum;
    }
}
