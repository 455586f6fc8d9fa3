using Recite.Metrics.Statistics;
using Recite.Probes;
using Recite.Reporting;

namespace Recite.Metrics;

/// <summary>
/// The share of single attempts that succeed, where samples were asked more than once: the rate over samples counts a sample that came
/// back in one of n repeats in full, and must not be read as this one.
/// </summary>
/// <remarks>
/// Repeats of one sample are not independent, so the trials of the interval are samples: the share of a sample's attempts lies between
/// whether all of them and whether any of them succeeded, and so does the rate, between the lower end of the exact interval of the one
/// and the upper end of that of the other. Conservative, and right whatever the dependence.
/// </remarks>
internal static class AttemptRate
{
    public const string Method = "mean over samples; from clopper-pearson of samples where every attempt and where any attempt hit";

    /// <summary>The rate, weighted like <paramref name="perSample"/>; its name says what it is a rate of.</summary>
    public static Rate Make(Rate perSample, IReadOnlyList<Trial> trials, IReadOnlyList<StratumPopulation> strata, double confidence)
    {
        Share[] shares = [.. trials.GroupBy(t => (t.Sample, t.Stratum)).Select(g => new Share(g.Key.Stratum, g.Count(t => t.Hit), g.Count()))];
        StratumPopulation[] weights = strata.Count > 0 ? [.. strata] : [new StratumPopulation("", 1)];
        double mean = 0, total = 0;
        List<StratumCount> every = [], any = [];
        foreach (StratumPopulation stratum in weights)
        {
            Share[] of = strata.Count == 0 ? shares : [.. shares.Where(s => string.Equals(s.Stratum, stratum.Stratum, StringComparison.Ordinal))];
            every.Add(new StratumCount(stratum.Stratum, of.Count(s => s.Hits == s.Attempts), of.Length, stratum.Windows));
            any.Add(new StratumCount(stratum.Stratum, of.Count(s => s.Hits > 0), of.Length, stratum.Windows));
            if (of.Length == 0)
                continue;
            mean += stratum.Windows * of.Average(s => (double)s.Hits / s.Attempts);
            total += stratum.Windows;
        }

        return perSample with
        {
            Name = perSample.Name + "-per-attempt",
            Unit = "attempts",
            Hits = shares.Sum(s => s.Hits),
            Trials = shares.Sum(s => s.Attempts),
            Value = total > 0 ? mean / total : null,
            Low = StratifiedRate.Estimate(every, confidence)?.Interval.Low,
            High = StratifiedRate.Estimate(any, confidence)?.Interval.High,
            Method = Method,
        };
    }

    private readonly record struct Share(string? Stratum, int Hits, int Attempts);
}
