using System.Globalization;
using System.Text.Json.Nodes;
using Recite.Config;
using Recite.Controls;
using Recite.Probes;
using Recite.Reporting;
using Recite.Scores;

namespace Recite.Metrics;

/// <summary>What is computed from scores, for a probe and for every null beside it: rates, curves and estimates.</summary>
internal sealed class ScoreMeasurer(AuditScores scores, SamplingOptionsOfRun run)
{
    private static readonly string[] s_nulls = [BaselineModelNull.ArmName, "held-out", "never-planted"];

    /// <summary>Measures one probe on the outcomes of its attempts and of its nulls.</summary>
    public ScoreMeasure Measure(NullContext context, IReadOnlyList<AttemptOutcome> all, CancellationToken cancellationToken)
    {
        var measure = new ScoreMeasure();
        HashSet<string> boilerplate = [.. all.Where(o => o.IsBoilerplate).Select(o => o.Attempt.Sample)];
        Dictionary<string, string> clusters = all.Where(o => o.Cluster is not null).DistinctBy(o => o.Attempt.Sample, StringComparer.Ordinal)
            .ToDictionary(o => o.Attempt.Sample, o => o.Cluster!, StringComparer.Ordinal);
        ScoreArm[] arms = Arms(context, ScoringPass.Window, boilerplate, clusters);
        var tries = new NpFigures(context);
        IReadOnlyList<ScoredSample> chances = arms.FirstOrDefault(arm => arm.Null is null) is { } probe && context.Ngram is { } lazy && lazy.WhyNot(cancellationToken) is null
            ? NpFigures.Chances(probe, lazy.Get(cancellationToken))
            : [];
        string[] schemes = [.. scores.Plan.Schemes.Select(SchemeName.Of)];
        foreach ((string scheme, ScoreArm arm) in schemes.SelectMany(scheme => arms.Select(arm => (scheme, arm))))
            Reach.Add(measure, arm, scheme, context);
        foreach (string scheme in schemes)
        {
            foreach (ScoreArm arm in arms)
                tries.Add(measure, arm, scheme);
            tries.AddChance(measure, chances, scheme);
            int inexact = arms.Sum(arm => arm.Samples.Count(s => !s.IsExact(scheme)));
            if (inexact > 0)
                measure.Notes.Add($"The target showed too few of its probabilities for {scheme}: a lower bound is all that is known of {Counted.Of(inexact, "sample")}.");
        }

        foreach (ScoreArm arm in arms)
            new GreedyFigures(context, run.IsGreedy).Add(measure, arm, all);
        foreach (ScoreArm arm in Arms(context, ScoringPass.Document, boilerplate, clusters))
            FullContextFigures.Add(measure, arm, schemes, context);
        return measure;
    }

    private ScoreArm[] Arms(NullContext context, string passes, HashSet<string> boilerplate, Dictionary<string, string> clusters)
    {
        ScoreArm Make(string name, string? nullName) => new(
            name,
            nullName,
            nullName is null or BaselineModelNull.ArmName ? context.Strata : [],
            [.. scores.OfArm(name, passes).Where(s => string.Equals(s.Attempt.Probe, context.Probe.Name, StringComparison.Ordinal) && !boilerplate.Contains(s.Attempt.Sample))])
        { Clusters = clusters };

        ScoreArm[] arms = [Make(context.Probe.Name, null), .. s_nulls.Select(name => Make(name, name))];
        return [.. arms.Where(arm => arm.Samples.Count > 0)];
    }
}

/// <summary>How the run's completions were decoded.</summary>
/// <param name="IsGreedy">Whether they are what greedy decoding gives, so that scores can be held against them.</param>
internal readonly record struct SamplingOptionsOfRun(bool IsGreedy)
{
    public static SamplingOptionsOfRun From(AuditConfig config) =>
        new(config.Sampling.Temperature == 0 && !ScoreConfig.HasPenalties(config.Sampling));
}

/// <summary>What was measured on scores.</summary>
internal sealed class ScoreMeasure
{
    public List<Rate> Rates { get; } = [];

    public List<Rate> Controls { get; } = [];

    public List<Curve> Curves { get; } = [];

    public List<JsonObject> Estimates { get; } = [];

    public List<string> Notes { get; } = [];

    /// <summary>Rates of a null are controls.</summary>
    public void Add(IEnumerable<Rate> rates, ScoreArm arm) => (arm.Null is null ? Rates : Controls).AddRange(rates);

    /// <summary>An estimate that names its probe and, where it is of one, its null.</summary>
    public static JsonObject Estimate(string name, ScoreArm arm, NullContext context)
    {
        var estimate = new JsonObject { ["name"] = name, ["probe"] = context.Probe.Name };
        if (arm.Null is { } nullName)
            estimate["null"] = nullName;
        return estimate;
    }

    /// <summary>A number as reports may hold it: what is infinite is no number.</summary>
    public static double? Finite(double value) => double.IsFinite(value) ? value : null;

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
