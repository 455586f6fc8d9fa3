using Recite.Metrics.Statistics;

namespace Recite.Tests.Metrics.Statistics;

public sealed class ClopperPearsonTest
{
    [Theory]
    [InlineData(2, 10, 0.0252107, 0.5560955)]
    [InlineData(0, 1000, 0, 0.0036821)]
    [InlineData(24, 24, 0.8575264, 1)]
    [InlineData(50, 100, 0.3983211, 0.6016789)]
    public void Gives_the_published_intervals(int hits, int trials, double low, double high)
    {
        Interval interval = ClopperPearson.TwoSided(hits, trials, 0.95);
        Assert.Equal(low, interval.Low, 1e-6);
        Assert.Equal(high, interval.High, 1e-6);
    }

    [Fact]
    public void Leaves_exactly_the_tail_on_either_side()
    {
        for (int trials = 1; trials <= 60; trials += 7)
        {
            for (int hits = 0; hits <= trials; hits++)
            {
                Interval interval = ClopperPearson.TwoSided(hits, trials, 0.9);
                if (hits > 0)
                    Assert.Equal(0.05, AtLeast(hits, trials, interval.Low), 1e-9);
                if (hits < trials)
                    Assert.Equal(0.05, 1 - AtLeast(hits + 1, trials, interval.High), 1e-9);
            }
        }
    }

    // T14: for each rate and number of trials, the summed probability of the counts whose interval holds the rate.
    [Theory]
    [InlineData(0.95)]
    [InlineData(0.8)]
    public void Covers_the_true_rate_at_least_as_often_as_it_says_on_a_whole_grid(double confidence)
    {
        foreach (int trials in new[] { 1, 2, 3, 5, 10, 24, 59, 100 })
        {
            Interval[] intervals = [.. Enumerable.Range(0, trials + 1).Select(k => ClopperPearson.TwoSided(k, trials, confidence))];
            for (int p = 1; p < 200; p++)
            {
                double rate = p / 200.0;
                double covered = Enumerable.Range(0, trials + 1)
                    .Where(k => intervals[k].Low <= rate && rate <= intervals[k].High)
                    .Sum(k => Exactly(k, trials, p, 200));
                Assert.True(covered >= confidence - 1e-12, $"n {trials}, p {rate}: {covered}");
            }
        }
    }

    [Theory]
    [InlineData(59, 0.05)]
    [InlineData(299, 0.01)]
    [InlineData(2995, 0.001)]
    public void No_hit_excludes_the_rates_of_the_rule_book(int trials, double rate)
    {
        Assert.True(ClopperPearson.SmallestExcluded(trials, 0.95) <= rate);
        Assert.True(ClopperPearson.SmallestExcluded(trials - 1, 0.95) > rate);
    }

    [Theory]
    [InlineData(59, 0.95, 0.0495)]
    [InlineData(299, 0.95, 0.00997)]
    [InlineData(2_995, 0.95, 0.0009998)]
    public void Finding_nothing_excludes_what_would_have_shown_itself(int trials, double confidence, double expected)
    {
        double excluded = ClopperPearson.SmallestExcluded(trials, confidence);
        Assert.Equal(expected, excluded, 4);
        Assert.Equal(1 - confidence, Math.Pow(1 - excluded, trials), 9);
    }

    [Fact]
    public void Refuses_more_hits_than_trials_and_no_trials_at_all()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.TwoSided(2, 1, 0.95));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.TwoSided(-1, 1, 0.95));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.TwoSided(0, 0, 0.95));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.TwoSided(0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.SmallestExcluded(0, 0.95));
    }

    private static double Exactly(int hits, int trials, long numerator, long denominator) =>
        ExactBinomial.AtLeast(hits, trials, numerator, denominator) - ExactBinomial.AtLeast(hits + 1, trials, numerator, denominator);

    private static double AtLeast(int hits, int trials, double p)
    {
        double sum = 0;
        for (int k = hits; k <= trials; k++)
            sum += Math.Exp(LogChoose(trials, k) + (k * Math.Log(p)) + ((trials - k) * Math.Log(1 - p)));
        return sum;
    }

    private static double LogChoose(int n, int k) => Enumerable.Range(1, k).Sum(i => Math.Log((double)(n - k + i) / i));
}
