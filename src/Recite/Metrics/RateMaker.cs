using Recite.Metrics.Statistics;
using Recite.Probes;
using Recite.Reporting;

namespace Recite.Metrics;

/// <summary>One attempt's contribution to a rate.</summary>
/// <param name="Sample">Attempts of the same sample are one trial.</param>
/// <param name="Stratum">Its stratum; <see langword="null"/> where there are none.</param>
/// <param name="Hit">Whether it succeeded.</param>
/// <param name="Completed">Whether a text came back.</param>
internal readonly record struct Trial(string Sample, string? Stratum, bool Hit, bool Completed);

/// <summary>
/// Makes the rates of a report from trials. A trial is a sample, and it is a hit when any of its attempts is: attempts of one sample are
/// not independent, samples are (one window per document, distinct texts).
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
        return new StratumCount(label, hits.Values.Count(hit => hit), hits.Count, 0);
    }

    private Rate Simple(StratumCount count, string over, Stratum? stratum)
    {
        Interval? interval = count.Trials == 0 ? null : ClopperPearson.TwoSided(count.Hits, count.Trials, Confidence);
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
            Method = ClopperPearson.Method,
            Base = over,
            Population = Population,
            Offset = Offset,
            Stratum = stratum,
        };
    }
}
