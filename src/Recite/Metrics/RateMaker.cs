using Recite.Metrics.Statistics;
using Recite.Probes;
using Recite.Reporting;

namespace Recite.Metrics;

/// <summary>One attempt's contribution to a rate.</summary>
/// <param name="Sample">Attempts of the same sample are one trial.</param>
/// <param name="Stratum">Its stratum; <see langword="null"/> where there are none.</param>
/// <param name="Hit">Whether it succeeded.</param>
/// <param name="Completed">Whether a text came back.</param>
/// <param name="Cluster">Samples of the same cluster are not independent; <see langword="null"/> where each is.</param>
internal readonly record struct Trial(string Sample, string? Stratum, bool Hit, bool Completed, string? Cluster = null);

/// <summary>
/// Makes the rates of a report from trials. A trial is a sample, and it is a hit when any of its attempts is: attempts of one sample are
/// not independent. Samples are where each document gives one window and each text is there once; where trials name a cluster, the interval
/// is the clustered one, and its method says so.
/// </summary>
internal sealed record RateMaker(string Name, string Probe, string? Null, string Unit, string? Offset, string Population, IReadOnlyList<StratumPopulation> Strata, double Confidence)
{
    /// <summary>The headline and each stratum over all attempts, then the same over completed ones.</summary>
    public IEnumerable<Rate> Make(IReadOnlyList<Trial> trials) => [.. Make(trials, "attempts"), .. Make([.. trials.Where(t => t.Completed)], "completed")];

    /// <summary>The headline, and each stratum where there is more than one, over all attempts.</summary>
    public IEnumerable<Rate> MakeOverAttempts(IReadOnlyList<Trial> trials) => Make(trials, "attempts");

    private IEnumerable<Rate> Make(IReadOnlyList<Trial> trials, string over)
    {
        StratumCount all = Count("", trials);
        if (Strata.Count == 0)
        {
            yield return Simple(all, over, null);
            yield break;
        }

        StratumCount[] counts = [.. Strata.Select(s => Count(s.Stratum, [.. trials.Where(t => string.Equals(t.Stratum, s.Stratum, StringComparison.Ordinal))]) with { Population = s.Windows })];
        StratifiedEstimate? estimate = StratifiedRate.Estimate(counts, Confidence);
        yield return Simple(all, over, null) with
        {
            Value = estimate?.Rate,
            Low = estimate?.Interval.Low,
            High = estimate?.Interval.High,
            Method = estimate?.Interval.Method ?? StratifiedRate.Method,
        };
        foreach (StratumCount count in counts)
            yield return Simple(count, over, new Stratum(count.Label));
    }

    private static StratumCount Count(string label, IReadOnlyList<Trial> trials)
    {
        var hits = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (Trial trial in trials)
            hits[trial.Sample] = hits.GetValueOrDefault(trial.Sample) || trial.Hit;
        return new StratumCount(label, hits.Values.Count(hit => hit), hits.Count, 0) { Clusters = Cluster(trials, hits) };
    }

    private static IReadOnlyList<ClusterCount>? Cluster(IReadOnlyList<Trial> trials, Dictionary<string, bool> hits)
    {
        if (trials.All(t => t.Cluster is null))
            return null;
        IEnumerable<IGrouping<string, Trial>> clusters = trials.DistinctBy(t => t.Sample, StringComparer.Ordinal).GroupBy(t => t.Cluster ?? t.Sample, StringComparer.Ordinal);
        return [.. clusters.Select(cluster => new ClusterCount(cluster.Count(t => hits[t.Sample]), cluster.Count()))];
    }

    private Rate Simple(StratumCount count, string over, Stratum? stratum)
    {
        Interval? interval = count.Trials == 0 ? null : count.Interval(Confidence);
        return new Rate
        {
            Name = Name,
            Null = Null,
            Probe = Probe,
            Unit = Unit,
            Hits = count.Hits,
            Trials = count.Trials,
            Value = count.Trials == 0 ? null : (double)count.Hits / count.Trials,
            Low = interval?.Low,
            High = interval?.High,
            Confidence = Confidence,
            Method = interval?.Method ?? ClopperPearson.Method,
            Base = over,
            Population = Population,
            Offset = Offset,
            Stratum = stratum,
        };
    }
}
