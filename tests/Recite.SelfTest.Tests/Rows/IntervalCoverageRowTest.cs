using Recite.Metrics.Statistics;
using Recite.SelfTest.Rows;

namespace Recite.SelfTest.Tests.Rows;

public sealed class IntervalCoverageRowTest
{
    [Fact]
    public async Task Holds_with_the_exact_and_the_clustered_interval()
    {
        RowMeasure measure = await Measure(new IntervalCoverageRow(rounds: 300, mostTrials: 30));
        Assert.True(measure.Holds, measure.Measured);
    }

    [Fact]
    public async Task Fails_with_the_interval_of_Wald()
    {
        RowMeasure measure = await Measure(new IntervalCoverageRow(independent: Wald, rounds: 20, mostTrials: 30));
        Assert.False(measure.Holds, measure.Measured);
        Assert.Contains("least summed coverage 0.", measure.Measured);
    }

    [Fact]
    public async Task Fails_where_clusters_are_ignored() => await FailsOnClusters((clusters, confidence) =>
        ClopperPearson.TwoSided(clusters.Sum(c => c.Hits), clusters.Sum(c => c.Trials), confidence));

    [Fact]
    public async Task Fails_with_a_bootstrap_over_clusters() => await FailsOnClusters(Bootstrap);

    private static async Task FailsOnClusters(Func<IReadOnlyList<ClusterCount>, double, Interval> clustered)
    {
        RowMeasure measure = await Measure(new IntervalCoverageRow(clustered: clustered, rounds: 60, mostTrials: 3));
        Assert.False(measure.Holds, measure.Measured);
    }

    private static Task<RowMeasure> Measure(IntervalCoverageRow row) => row.MeasureAsync(SimulationContext.Instance, TestContext.Current.CancellationToken);

    private static Interval Wald(int hits, int trials, double confidence)
    {
        double rate = (double)hits / trials, width = 1.96 * Math.Sqrt(rate * (1 - rate) / trials);
        return new Interval(rate - width, rate + width, confidence, "wald");
    }

    private static Interval Bootstrap(IReadOnlyList<ClusterCount> clusters, double confidence)
    {
        var random = new Random(1);
        double[] rates = [.. Enumerable.Range(0, 100).Select(_ =>
        {
            ClusterCount[] drawn = [.. Enumerable.Range(0, clusters.Count).Select(_ => clusters[random.Next(clusters.Count)])];
            return (double)drawn.Sum(c => c.Hits) / drawn.Sum(c => c.Trials);
        }).Order()];
        return new Interval(rates[2], rates[97], confidence, "bootstrap");
    }
}
