using Recite.Metrics.Statistics;

namespace Recite.Tests.Metrics.Statistics;

public sealed class StratifiedRateTest
{
    [Fact]
    public void Weighs_each_stratum_by_its_share_of_the_population()
    {
        StratifiedEstimate estimate = StratifiedRate.Estimate([new("1", 0, 100, 900), new("64-127", 50, 100, 100)], 0.95)!;
        Assert.Equal(0.05, estimate.Rate, 1e-12);
        Assert.Equal([new StratumWeight("1", 0.9), new StratumWeight("64-127", 0.1)], estimate.Weights);
        Assert.Equal("stratified; weighted Clopper-Pearson, Bonferroni over strata", estimate.Interval.Method);
        Assert.Equal(0.038478, estimate.Interval.Low, 1e-6);
        Assert.Equal(0.100109, estimate.Interval.High, 1e-6);
    }

    [Fact]
    public void Is_the_exact_interval_for_a_single_stratum()
    {
        StratifiedEstimate estimate = StratifiedRate.Estimate([new("1", 2, 10, 5), new("2-3", 0, 0, 5), new("4-7", 1, 1, 0)], 0.95)!;
        Assert.Equal(ClopperPearson.TwoSided(2, 10, 0.95), estimate.Interval);
        Assert.Equal(0.2, estimate.Rate);
    }

    [Fact]
    public void Says_nothing_without_trials() => Assert.Null(StratifiedRate.Estimate([new("1", 0, 0, 10)], 0.95));

    // Every pair of counts in two strata, weighted by its exact probability: the interval must hold the weighted truth often enough.
    [Theory]
    [InlineData(1, 20, 0.5)]
    [InlineData(2, 10, 0.9)]
    [InlineData(10, 19, 0.1)]
    public void Covers_the_weighted_truth_at_least_as_often_as_it_says(int firstOf20, int secondOf20, double firstWeight)
    {
        const int N = 15;
        double truth = (firstWeight * firstOf20 / 20) + ((1 - firstWeight) * secondOf20 / 20);
        double covered = 0;
        for (int a = 0; a <= N; a++)
        {
            for (int b = 0; b <= N; b++)
            {
                Interval interval = StratifiedRate.Estimate([new("1", a, N, firstWeight), new("2-3", b, N, 1 - firstWeight)], 0.95)!.Interval;
                if (interval.Low <= truth + 1e-12 && truth <= interval.High + 1e-12)
                    covered += Exactly(a, N, firstOf20) * Exactly(b, N, secondOf20);
            }
        }

        Assert.True(covered >= 0.95, $"{covered}");
    }

    private static double Exactly(int hits, int trials, int of20) =>
        ExactBinomial.AtLeast(hits, trials, of20, 20) - ExactBinomial.AtLeast(hits + 1, trials, of20, 20);
}
