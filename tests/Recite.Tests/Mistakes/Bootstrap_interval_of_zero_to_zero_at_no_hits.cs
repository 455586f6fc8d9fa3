using Recite.Metrics.Statistics;

namespace Recite.Tests.Mistakes;

/// <summary>Drawing again from trials without a hit never gives one: a bootstrap says the rate is 0 for certain. It is not.</summary>
public sealed class Bootstrap_interval_of_zero_to_zero_at_no_hits
{
    [Fact]
    public void No_hit_in_independent_trials_leaves_the_exact_upper_end() =>
        Assert.Equal(1 - Math.Pow(0.025, 0.01), ClopperPearson.TwoSided(0, 100, 0.95).High, 1e-12);

    [Fact]
    public void No_hit_in_clustered_trials_leaves_the_upper_end_of_as_many_trials_as_there_are_clusters()
    {
        ClusterCount[] clusters = [.. Enumerable.Repeat(new ClusterCount(0, 10), 30)];
        Interval interval = KornGraubard.TwoSided(clusters, 0.95);
        Assert.Equal(0, interval.Low);
        Assert.Equal(ClopperPearson.TwoSided(0, 30, 0.95).High, interval.High, 1e-12);
    }

    [Fact]
    public void Every_trial_a_hit_leaves_a_lower_end_below_one() =>
        Assert.InRange(KornGraubard.TwoSided([new(10, 10), new(5, 5)], 0.95).Low, 0.01, 0.5);
}
