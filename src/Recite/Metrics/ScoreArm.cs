using Recite.Probes;
using Recite.Scores;

namespace Recite.Metrics;

/// <summary>The scored samples of a probe or of one of its nulls, measured the same way.</summary>
/// <param name="Name">The probe or the null: the series of curves.</param>
/// <param name="Null">The null; <see langword="null"/> for the probe itself.</param>
/// <param name="Strata">The population its samples stand for; empty where they were not drawn by strata.</param>
/// <param name="Samples">One score per sample; boilerplate suffixes stay out, as they do of extraction rates (M19).</param>
internal sealed record ScoreArm(string Name, string? Null, IReadOnlyList<StratumPopulation> Strata, IReadOnlyList<SampleScore> Samples)
{
    /// <summary>The cluster of each sample, where samples of one document are not independent; empty where all are.</summary>
    public IReadOnlyDictionary<string, string> Clusters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>log p_z of every sample under a scheme.</summary>
    public IReadOnlyList<ScoredSample> Under(string scheme) =>
    [
        .. Samples.Where(s => s.LogProbability(scheme) is not null)
            .Select(s => new ScoredSample(s.Attempt.Sample, s.Attempt.Stratum, s.LogProbability(scheme)!.Value, Clusters.GetValueOrDefault(s.Attempt.Sample))),
    ];

    /// <summary>Samples of which it is known whether greedy decoding gives them.</summary>
    public IReadOnlyList<SampleScore> WithRanks => [.. Samples.Where(s => s.IsGreedy is not null)];
}

/// <summary>A sample and the natural logarithm of its suffix's probability.</summary>
internal readonly record struct ScoredSample(string Sample, string? Stratum, double LogProbability, string? Cluster);
