using Recite.Config;
using Recite.Controls.Ngram;
using Recite.Indexing.Corpora;
using Recite.Probes;
using Recite.Reporting;
using Recite.Runs;
using Recite.Targets;

namespace Recite.Controls;

/// <summary>
/// The same measurement where nothing can have been memorized. Each null is one small class and a line in <see cref="NullList"/>; every one
/// that can be run is run, and every other stands on the report as not run, with the reason.
/// </summary>
public interface INull
{
    /// <summary>The name that stands on the report (<c>controls[].null</c>).</summary>
    string Name { get; }

    /// <summary>What has to be asked for it, if anything.</summary>
    NullPlan Plan(NullContext context, CancellationToken cancellationToken);

    /// <summary>Measures it on what the probe and the null's own attempts brought back.</summary>
    NullMeasure Measure(NullContext context, NullOutcomes outcomes, CancellationToken cancellationToken);
}

/// <summary>What a null plans and measures with.</summary>
public sealed record NullContext
{
    /// <summary>Target, corpus and configuration.</summary>
    public required ProbeContext Probing { get; init; }

    /// <summary>The probe whose null this is.</summary>
    public required IProbe Probe { get; init; }

    /// <summary>The attempts of the probe; empty while measuring.</summary>
    public IReadOnlyList<PlannedAttempt> Attempts { get; init; } = [];

    /// <summary>The population by strata, as the probe's plan gives it.</summary>
    public IReadOnlyList<StratumPopulation> Strata { get; init; } = [];

    /// <summary>Documents that were never trained on.</summary>
    public IReadOnlyList<Document> HeldOut { get; init; } = [];

    /// <summary>Planted secrets and those that were never planted.</summary>
    public CanaryList? Canaries { get; init; }

    /// <summary>A model that never saw the corpus, connected.</summary>
    public ITarget? Baseline { get; init; }

    /// <summary>An unrelated corpus.</summary>
    public CorpusIndex? Foreign { get; init; }

    /// <summary>The n-gram model, made when it is first asked for.</summary>
    internal LazyNgram? Ngram { get; init; }

    /// <summary>Confidence of every interval.</summary>
    public double Confidence { get; init; } = 0.95;
}

/// <summary>What a null has to ask.</summary>
/// <param name="Attempts">Its attempts; empty where it needs none.</param>
/// <param name="Notes">What was left out or assumed.</param>
/// <param name="NotRun">Why it cannot be run; <see langword="null"/> where it is.</param>
public sealed record NullPlan(IReadOnlyList<PlannedAttempt> Attempts, IReadOnlyList<string> Notes, string? NotRun)
{
    /// <summary>A null that measures on the probe's own completions.</summary>
    public static NullPlan NothingToAsk { get; } = new([], [], null);

    /// <summary>A null that cannot be run.</summary>
    public static NullPlan Impossible(string reason) => new([], [], reason);
}

/// <summary>What came back.</summary>
/// <param name="Probe">Outcomes of the probe.</param>
/// <param name="Own">Outcomes of the null's own arm.</param>
/// <param name="All">Outcomes of every arm, for nulls that ask in more than one.</param>
public sealed record NullOutcomes(
    IReadOnlyList<AttemptOutcome> Probe,
    IReadOnlyList<AttemptOutcome> Own,
    IReadOnlyList<AttemptOutcome> All);

/// <summary>What a null measured.</summary>
public sealed record NullMeasure
{
    /// <summary>Rates, each with its null's name.</summary>
    public IReadOnlyList<Rate> Rates { get; init; } = [];

    /// <summary>Curves.</summary>
    public IReadOnlyList<Curve> Curves { get; init; } = [];

    /// <summary>Anything that is neither.</summary>
    public IReadOnlyList<System.Text.Json.Nodes.JsonObject> Estimates { get; init; } = [];

    /// <summary>What a reader must know of it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why nothing could be measured after all.</summary>
    public string? NotRun { get; init; }
}
