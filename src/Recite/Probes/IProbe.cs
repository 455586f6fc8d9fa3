using Recite.Runs;
using Recite.Targets;

namespace Recite.Probes;

/// <summary>A way of producing prompts and of judging what comes back. A new probe is a class here and a line in <see cref="ProbeList"/>.</summary>
public interface IProbe
{
    /// <summary>The probe's key in <c>probes:</c>.</summary>
    string Name { get; }

    /// <summary>Draws the samples and makes their prompts; the same context gives the same plan.</summary>
    /// <exception cref="Recite.Indexing.ReciteException">The corpus or the target does not allow this probe.</exception>
    Task<ProbePlan> PlanAsync(ProbeContext context, CancellationToken cancellationToken);

    /// <summary>Judges one completion, of the probe itself or of a control that asked the same kind of question.</summary>
    AttemptOutcome Judge(PlannedAttempt attempt, Completion completion, ProbeContext context, CancellationToken cancellationToken);
}

/// <summary>The attempts of a probe or control before they have a place in the order of asking.</summary>
/// <param name="Attempts">What to ask; ordinals are given later.</param>
/// <param name="Strata">The population the samples stand for, by duplicates; empty where samples are not drawn by strata.</param>
/// <param name="Notes">What was left out, made inexact or assumed.</param>
public sealed record ProbePlan(IReadOnlyList<PlannedAttempt> Attempts, IReadOnlyList<StratumPopulation> Strata, IReadOnlyList<string> Notes);

/// <summary>How many members of the population (distinct windows, or tokens) a stratum holds; an estimate where not all of it was looked at.</summary>
public sealed record StratumPopulation(string Stratum, double Windows);
