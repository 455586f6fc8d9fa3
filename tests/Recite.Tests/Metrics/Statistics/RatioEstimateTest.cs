using Recite.Metrics.Statistics;
using Recite.Probes;

namespace Recite.Tests.Metrics.Statistics;

public sealed class RatioEstimateTest
{
    [Fact]
    public void Gives_the_example_worked_by_hand()
    {
        RatioEstimate estimate = RatioEstimate.Of([2, 4, 6], [1, 1, 2], 0.95)!;
        Assert.Equal(3, estimate.Value, 1e-15);

        // Student's t of 2 degrees of freedom: 4.302653
        Assert.Equal(4.302653 * Math.Sqrt(3) / 4, estimate.Interval.High - 3, 1e-6);
        Assert.Equal(3 - estimate.Interval.Low, estimate.Interval.High - 3, 1e-12);
    }

    [Fact]
    public void Says_nothing_of_a_single_item() => Assert.Null(RatioEstimate.Of([1], [1], 0.95));

    [Fact]
    public void Refuses_denominators_that_sum_to_nothing() => Assert.Throws<ArgumentException>(() => RatioEstimate.Of([1, 1], [0, 0], 0.95));

    [Fact]
    public void Covers_the_ratio_of_the_population_about_as_often_as_it_promises()
    {
        // Items whose numerator is twice the denominator, with noise that grows with it.
        var random = new SeededRandom(7);
        double Uniform() => (random.Next() >> 11) * (1.0 / (1UL << 53));
        int covered = 0;
        for (int round = 0; round < 1000; round++)
        {
            double[] below = [.. Enumerable.Range(0, 30).Select(_ => 50 + (100 * Uniform()))];
            double[] above = [.. below.Select(b => b * (2 + Uniform() - 0.5))];
            Interval interval = RatioEstimate.Of(above, below, 0.95)!.Interval;
            covered += interval.Low <= 2 && 2 <= interval.High ? 1 : 0;
        }

        Assert.InRange(covered, 920, 975);
    }
}
