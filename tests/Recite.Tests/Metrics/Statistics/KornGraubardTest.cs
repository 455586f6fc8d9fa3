using CsCheck;
using Recite.Metrics.Statistics;
using Recite.Probes;

namespace Recite.Tests.Metrics.Statistics;

public sealed class KornGraubardTest
{
    private static readonly ClusterCount[] s_example = [new(3, 5), new(0, 5), new(1, 5), new(0, 5), new(2, 5), new(0, 5)];

    [Fact]
    public void Is_the_worked_example_of_its_documentation()
    {
        Assert.Equal(6.19517, KornGraubard.EffectiveTrials(s_example, 0.95), 1e-4);
        Interval interval = KornGraubard.TwoSided(s_example, 0.95);
        Assert.Equal(0.0094, interval.Low, 1e-4);
        Assert.Equal(0.6636, interval.High, 1e-4);
        Assert.Equal("korn-graubard; clustered by document", interval.Method);
    }

    [Fact]
    public void Clusters_of_one_trial_each_give_the_exact_interval() =>
        Gen.Int[1, 60].SelectMany(n => Gen.Int[0, n].Select(k => (n, k))).Sample(x =>
        {
            ClusterCount[] clusters = [.. Enumerable.Range(0, x.n).Select(i => new ClusterCount(i < x.k ? 1 : 0, 1))];
            Assert.Equal(ClopperPearson.TwoSided(x.k, x.n, 0.95), KornGraubard.TwoSided(clusters, 0.95));
        }, iter: 200);

    [Fact]
    public void Always_holds_hits_over_trials_and_is_never_narrower_than_independent_trials() =>
        Gen.Int[1, 20].SelectMany(m => Gen.Int[0, m].Select(k => new ClusterCount(k, m))).Array[1, 30].Sample(clusters =>
        {
            int hits = clusters.Sum(c => c.Hits), trials = clusters.Sum(c => c.Trials);
            Interval clustered = KornGraubard.TwoSided(clusters, 0.95), independent = ClopperPearson.TwoSided(hits, trials, 0.95);
            double rate = (double)hits / trials;
            Assert.InRange(rate, clustered.Low, clustered.High);
            Assert.True(clustered.Low <= independent.Low + 1e-9 && clustered.High >= independent.High - 1e-9, $"{clustered} {independent}");
        }, iter: 500);

    [Fact]
    public void Clusters_that_agree_within_themselves_are_worth_about_their_number()
    {
        ClusterCount[] clusters = [.. Enumerable.Range(0, 100).Select(i => new ClusterCount(i < 30 ? 10 : 0, 10))];
        Assert.InRange(KornGraubard.EffectiveTrials(clusters, 0.95), 90, 100);
    }

    [Fact]
    public void A_single_cluster_is_one_trial()
    {
        Assert.Equal(1, KornGraubard.EffectiveTrials([new(3, 10)], 0.95));
        Interval interval = KornGraubard.TwoSided([new(3, 10)], 0.95);
        Assert.InRange(0.3, interval.Low, interval.High);
        Assert.True(interval.High > 0.97);
    }

    [Fact]
    public void Refuses_no_clusters_and_more_hits_than_trials()
    {
        Assert.Throws<ArgumentException>(() => KornGraubard.TwoSided([], 0.95));
        Assert.Throws<ArgumentException>(() => KornGraubard.TwoSided([new(2, 1)], 0.95));
        Assert.Throws<ArgumentException>(() => KornGraubard.TwoSided([new(0, 0)], 0.95));
    }

    [Theory]
    [InlineData(20, 0.2, 0.3)]
    [InlineData(100, 0.05, 0.05)]
    public void Covers_the_truth_of_correlated_clusters(int clusters, double rate, double correlation)
    {
        var random = new NormalNumbers(SeededRandom.For(2, $"clusters {clusters}"));
        double strength = (1 - correlation) / correlation;
        const int Rounds = 600;
        int covered = 0;
        for (int round = 0; round < Rounds; round++)
        {
            ClusterCount[] counts = [.. Enumerable.Range(0, clusters).Select(_ =>
            {
                double p = random.Beta(rate * strength, (1 - rate) * strength);
                return new ClusterCount(Enumerable.Range(0, 10).Count(_ => random.Uniform() < p), 10);
            })];
            Interval interval = KornGraubard.TwoSided(counts, 0.95);
            covered += interval.Low <= rate && rate <= interval.High ? 1 : 0;
        }

        Assert.True(covered >= 0.92 * Rounds, $"{covered} of {Rounds}");
    }

    [Fact]
    public void Where_every_trial_is_a_hit_the_interval_ends_at_one_whatever_the_sizes()
    {
        for (int clusters = 2; clusters < 60; clusters++)
        {
            ClusterCount[] all = [.. Enumerable.Range(0, clusters).Select(i => new ClusterCount(1 + (i % 7), 1 + (i % 7)))];
            Interval interval = KornGraubard.TwoSided(all, 0.95);
            Assert.Equal(1, interval.High);
            Assert.InRange(interval.Low, 0.01, 1 - 1e-9);
            Interval none = KornGraubard.TwoSided([.. all.Select(c => c with { Hits = 0 })], 0.95);
            Assert.Equal(0, none.Low);
            Assert.InRange(none.High, 1e-9, 0.99);
        }
    }
}
