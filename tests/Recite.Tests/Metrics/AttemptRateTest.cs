using CsCheck;
using Recite.Metrics;
using Recite.Metrics.Statistics;
using Recite.Probes;
using Recite.Reporting;

namespace Recite.Tests.Metrics;

public sealed class AttemptRateTest
{
    [Fact]
    public void Is_the_mean_over_samples_between_all_hit_and_any_hit()
    {
        Rate rate = Make([[true, true], [true, false], [false, false], [false, false]], [], 0.95);
        Assert.Equal((3, 8, 0.375), (rate.Hits, rate.Trials, rate.Value!.Value));
        Assert.Equal(ClopperPearson.TwoSided(1, 4, 0.95).Low, rate.Low);
        Assert.Equal(ClopperPearson.TwoSided(2, 4, 0.95).High, rate.High);
    }

    [Fact]
    public void Weights_strata_as_the_rate_over_samples_does()
    {
        Rate rate = Make([[true, true], [false, false]], [new("a", 9), new("b", 1)], 0.95, ["a", "b"]);
        Assert.Equal(0.9, rate.Value!.Value, 12);
    }

    // Samples whose attempts agree with each other as much as they like: the true rate is inside as often as promised.
    [Fact]
    public void Covers_the_rate_of_attempts_whatever_the_dependence()
    {
        var random = new SeededRandom(5);
        foreach (double share in (double[])[0, 0.5, 1])
        {
            int covered = 0;
            for (int run = 0; run < 400; run++)
            {
                bool[][] samples = [.. Enumerable.Range(0, 30).Select(_ => Sample(random, share))];
                Rate rate = Make(samples, [], 0.95);
                covered += rate.Low <= 0.3 && rate.High >= 0.3 ? 1 : 0;
            }

            // 95 % of 400 is 380; five standard errors below it.
            Assert.InRange(covered, 358, 400);
        }
    }

    [Fact]
    public void The_estimate_lies_in_its_interval() =>
        Gen.Bool.Array[1, 4].Array[1, 20].Sample(samples =>
        {
            Rate rate = Make(samples, [], 0.9);
            return rate.Low <= rate.Value && rate.Value <= rate.High;
        });

    // With the given chance all five attempts are one, else each is drawn by itself; each succeeds in 30 of 100.
    private static bool[] Sample(SeededRandom random, double share)
    {
        bool together = random.Below(1000) < share * 1000;
        bool first = random.Below(100) < 30;
        return [first, .. Enumerable.Range(0, 4).Select(_ => together ? first : random.Below(100) < 30)];
    }

    private static Rate Make(bool[][] samples, StratumPopulation[] strata, double confidence, string[]? labels = null)
    {
        Trial[] trials = [.. samples.SelectMany((hits, i) => hits.Select(hit => new Trial($"s{i}", labels?[i], hit, true)))];
        var maker = new RateMaker("extraction", "prefix", null, "samples", null, "distinct-windows", strata, confidence);
        return AttemptRate.Make(maker.MakeOverAttempts(trials).First(), trials, strata, confidence);
    }
}
