using System.Text.Json.Nodes;
using Recite.Controls;
using Recite.Controls.Ngram;
using Recite.Metrics.Statistics;
using Recite.Reporting;
using Recite.Scores;

namespace Recite.Metrics;

/// <summary>
/// (n,p)-discoverable extraction (M2, Hayes et al. 2024): the share of samples that n tries give back with probability p, against n and
/// against p, with the same interval that the extraction rate of the same samples has.
/// </summary>
internal sealed class NpFigures(NullContext context)
{
    private const double HeadlineTries = 100;
    private const double HeadlineProbability = 0.5;

    private static readonly double[] s_tries = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];
    private static readonly double[] s_probabilities = [0.1, 0.5, 0.9];
    private static readonly double[] s_fixedTries = [1, 100, 10_000];
    private static readonly double[] s_probabilityGrid = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

    /// <summary>The name of a rate or of a curve.</summary>
    public static string Name(double tries, double probability, string scheme) =>
        ScoreMeasure.Invariant($"np-extraction (n={tries}, p={probability}, {scheme})");

    /// <summary>Rates, curves and what is out of reach, of a probe or of a null that was scored by a target.</summary>
    public void Add(ScoreMeasure measure, ScoreArm arm, string scheme)
    {
        IReadOnlyList<ScoredSample> samples = arm.Under(scheme);
        if (samples.Count == 0)
            return;

        AddShares(measure, arm, scheme, samples);

        // Out of reach is not the same as not memorized: the filter of the scheme cuts a token of the suffix off.
        JsonObject estimate = ScoreMeasure.Estimate("np-unreachable", arm, context);
        estimate["scheme"] = scheme;
        estimate["samples"] = samples.Count;
        estimate["unreachable"] = samples.Count(s => double.IsNegativeInfinity(s.LogProbability));
        estimate["method"] = "probability 0 under the scheme's filter; no number of tries gives these back";
        measure.Estimates.Add(estimate);
    }

    /// <summary>
    /// What the n-gram null would give back of the same samples in as many tries: the null that is there whatever else was asked. Its own
    /// distribution is taken as it is, whatever the scheme.
    /// </summary>
    public void AddChance(ScoreMeasure measure, IReadOnlyList<ScoredSample> samples, string scheme)
    {
        if (samples.Count > 0)
            AddShares(measure, new ScoreArm(OutOfFoldNgramNull.NullName, OutOfFoldNgramNull.NullName, [], []), scheme, samples);
    }

    /// <summary>What the n-gram null says of a probe's samples; a sample it cannot score is left out.</summary>
    public static IReadOnlyList<ScoredSample> Chances(ScoreArm probe, OutOfFoldNgram model)
    {
        List<ScoredSample> samples = [];
        foreach (SampleScore sample in probe.Samples)
        {
            if (model.Score(sample.Attempt) is { } chance)
                samples.Add(new ScoredSample(sample.Attempt.Sample, sample.Attempt.Stratum, chance.Suffix, probe.Clusters.GetValueOrDefault(sample.Attempt.Sample)));
        }

        return samples;
    }

    private void AddShares(ScoreMeasure measure, ScoreArm arm, string scheme, IReadOnlyList<ScoredSample> samples)
    {
        measure.Add(Maker(arm, Name(HeadlineTries, HeadlineProbability, scheme)).MakeOverAttempts(Trials(samples, HeadlineTries, HeadlineProbability)), arm);
        foreach (double p in s_probabilities)
        {
            measure.Curves.Add(new Curve(
                ScoreMeasure.Invariant($"np-extraction, p={p}, {scheme}"),
                arm.Name,
                "tries (n)",
                ScoreMeasure.Invariant($"share of samples that n tries give back with probability {p}"),
                [.. s_tries.Select(n => Point(arm, samples, n, n, p))]));
        }

        foreach (double n in s_fixedTries)
        {
            measure.Curves.Add(new Curve(
                ScoreMeasure.Invariant($"np-extraction, n={n}, {scheme}"),
                arm.Name,
                "probability (p)",
                ScoreMeasure.Invariant($"share of samples that {n} tries give back with probability p"),
                [.. s_probabilityGrid.Select(p => Point(arm, samples, p, n, p))]));
        }
    }

    private CurvePoint Point(ScoreArm arm, IReadOnlyList<ScoredSample> samples, double x, double tries, double p)
    {
        Rate rate = Maker(arm, "np-extraction").MakeOverAttempts(Trials(samples, tries, p)).First();
        return new CurvePoint(x, rate.Value ?? 0, rate.Low, rate.High);
    }

    private RateMaker Maker(ScoreArm arm, string name) => NullRates.For(context, name, arm.Null, arm.Strata);

    private static Trial[] Trials(IReadOnlyList<ScoredSample> samples, double tries, double p) =>
        [.. samples.Select(s => new Trial(s.Sample, s.Stratum, NpExtraction.IsExtractable(s.LogProbability, tries, p), Completed: true, s.Cluster))];
}
