using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Recite.Evidence;

namespace Recite.Reporting;

/// <summary>Everything an audit leaves behind: <c>report.json</c> (<c>recite.report/1</c>) is this, and every other format is a view of it.</summary>
public sealed record AuditReport
{
    /// <summary>The name and version of the shape.</summary>
    public string Schema { get; init; } = "recite.report/1";

    /// <summary>Which run this is.</summary>
    public required RunSummary Run { get; init; }

    /// <summary>Whom it asked.</summary>
    public required TargetSummary Target { get; init; }

    /// <summary>What it was held against.</summary>
    public required CorpusSummary Corpus { get; init; }

    /// <summary>Every effective setting.</summary>
    public required JsonObject Config { get; init; }

    /// <summary>Rates with intervals; the ones without a stratum are headlines.</summary>
    public required IReadOnlyList<Rate> Rates { get; init; }

    /// <summary>Matches, strongest first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The same measurements where nothing can have been memorized.</summary>
    public required IReadOnlyList<Rate> Controls { get; init; }

    /// <summary>Controls that were not run, and why.</summary>
    public required IReadOnlyList<ControlNotRun> ControlsNotRun { get; init; }

    /// <summary>Curves: name, axes, points.</summary>
    public required IReadOnlyList<Curve> Curves { get; init; }

    /// <summary>The duplicate histogram of samples and of the population they stand for.</summary>
    public required IReadOnlyList<DuplicateStratum> Duplicates { get; init; }

    /// <summary>Estimates of what was not seen.</summary>
    public IReadOnlyList<JsonObject> Estimates { get; init; } = [];

    /// <summary>How the attempts ended, by the words of M19.</summary>
    public required IReadOnlyDictionary<string, int> Dispositions { get; init; }

    /// <summary>What it cost.</summary>
    public required CostSummary Cost { get; init; }

    /// <summary>Gates and their verdicts.</summary>
    public required IReadOnlyList<GateResult> Gates { get; init; }

    /// <summary>What a reader must know to read the numbers: things left out, made inexact or assumed.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>How to get the same numbers again.</summary>
    public required Reproduction Reproduce { get; init; }

    /// <summary>Share of attempts, or of windows to be scored, that ended in an error; above <see cref="AuditPipeline.MostErrors"/> the audit cannot be trusted.</summary>
    [JsonIgnore]
    public double ErrorShare => Math.Max(FailedScoreShare, Cost.Attempts == 0 ? 0 : (double)Dispositions.GetValueOrDefault("error") / Cost.Attempts);

    /// <summary>Share of windows that could not be scored.</summary>
    [JsonIgnore]
    public double FailedScoreShare { get; init; }
}

/// <summary>Identity of a run; times are ISO 8601 in UTC.</summary>
public sealed record RunSummary(string Id, string Started, string Finished, ulong Seed, string Version, bool Complete);

/// <summary>The target as it was used.</summary>
public sealed record TargetSummary(string Id, string Endpoint, string? Revision);

/// <summary>The corpus index that outputs were held against.</summary>
public sealed record CorpusSummary(string Path, string Manifest, long Documents, long Bytes);

/// <summary>Hits over trials with an interval; as a control it names its null.</summary>
public sealed record Rate
{
    /// <summary>What is counted, for instance <c>extraction</c> or <c>corpus-match</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The null, on controls: <c>held-out</c>, <c>permuted-suffix</c>, <c>never-planted</c>, ...</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Null { get; init; }

    /// <summary>The probe.</summary>
    public required string Probe { get; init; }

    /// <summary>What a trial is, for instance <c>samples</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Successes.</summary>
    public required int Hits { get; init; }

    /// <summary>Trials.</summary>
    public required int Trials { get; init; }

    /// <summary>The estimate (<c>rate</c> in JSON); hits over trials, except for weighted headlines. <see langword="null"/> without trials.</summary>
    [JsonPropertyName("rate")]
    public required double? Value { get; init; }

    /// <summary>Lower end.</summary>
    public required double? Low { get; init; }

    /// <summary>Upper end.</summary>
    public required double? High { get; init; }

    /// <summary>Confidence of the interval, for instance 0.95.</summary>
    public required double Confidence { get; init; }

    /// <summary>How the interval was made.</summary>
    public required string Method { get; init; }

    /// <summary><c>attempts</c> or <c>completed</c>.</summary>
    public required string Base { get; init; }

    /// <summary><c>distinct-windows</c> or <c>tokens</c>.</summary>
    public string Population { get; init; } = "distinct-windows";

    /// <summary><c>start</c> or <c>random</c>.</summary>
    public string? Offset { get; init; }

    /// <summary>The stratum, absent on headlines.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Stratum? Stratum { get; init; }
}

/// <summary>A stratum; its label's first number is its lower end.</summary>
public sealed record Stratum(string Duplicates);

/// <summary>A control that stands on the report as not run.</summary>
public sealed record ControlNotRun([property: JsonPropertyName("null")] string Null, string Reason);

/// <summary>A curve with named axes.</summary>
public sealed record Curve(string Name, string Series, string X, string Y, IReadOnlyList<CurvePoint> Points);

/// <summary>A point, with an interval where there is one.</summary>
public sealed record CurvePoint(double X, double Y, double? Low = null, double? High = null);

/// <summary>How many samples and how many members of the population (distinct windows, or tokens) a duplicates stratum holds.</summary>
public sealed record DuplicateStratum(string Stratum, int Samples, long? Population);

/// <summary>What a run cost; money is <see langword="null"/> when the price is not known.</summary>
public sealed record CostSummary(int Attempts, long Tokens, double? Usd, double Seconds);

/// <summary>A gate with what it was judged on.</summary>
public sealed record GateResult(string Expression, string Verdict, double? Value, double? Low, double? High);

/// <summary>The command and configuration that give the same numbers again.</summary>
public sealed record Reproduction(string Command, JsonObject Config);
