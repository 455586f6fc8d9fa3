using System.Text.Json.Nodes;
using Recite.Config;
using Recite.Evidence;
using Recite.Metrics;
using Recite.Probes;
using Recite.Reporting;
using Recite.Runs;
using Recite.Scores;
using Recite.Targets;

namespace Recite;

/// <summary>Puts what was found and measured into the shape of <c>recite.report/1</c>, in an order that does not depend on time.</summary>
internal sealed class ReportAssembler(AuditInputs inputs, AuditOptions options, AuditPlanner planner, RunFile run)
{
    private static readonly Disposition[] s_dispositions =
        [Disposition.Completed, Disposition.Truncated, Disposition.Refused, Disposition.Filtered, Disposition.Empty, Disposition.Error];

    /// <summary>A value as reports may print it: what came from the environment appears as it was written.</summary>
    public static string Printable(AuditConfig config, string value) => config.Written.GetValueOrDefault(value, value);

    public AuditReport Assemble(
        PlanFacts facts,
        IReadOnlyList<PlannedAttempt> attempts,
        IReadOnlyList<AttemptOutcome> outcomes,
        AuditScores scores,
        IReadOnlyList<Finding> findings,
        AuditMeasurer measured,
        IReadOnlyList<GateResult> gates,
        TokenBudget budget,
        bool complete,
        DateTimeOffset finished)
    {
        AuditConfig config = planner.Config;
        JsonObject effective = ConfigJson.Write(config);
        return new AuditReport
        {
            Run = new RunSummary(run.Header.Id, RunFile.FormatTime(run.Header.Started), RunFile.FormatTime(finished), config.Seed, options.Version, complete),
            Target = new TargetSummary(Printable(config, inputs.Target.Id), inputs.Target.Capabilities.Endpoint, inputs.Target.Capabilities.Revision),
            Corpus = new CorpusSummary(run.Header.Corpus, inputs.Corpus.Manifest.Digest, inputs.Corpus.Manifest.Documents, inputs.Corpus.Manifest.Bytes),
            Config = effective,
            Rates = measured.Rates,
            Findings = findings,
            Controls = measured.Controls,
            ControlsNotRun = [.. measured.NotRun.Distinct()],
            Curves = measured.Curves,
            Duplicates = measured.Duplicates,
            Estimates = [.. scores.Describe(inputs.Target.Tokenizer), .. measured.Estimates],
            Dispositions = s_dispositions.ToDictionary(RunRows.Word, d => outcomes.Count(o => o.Completion.Disposition == d), StringComparer.Ordinal),
            Cost = new CostSummary(outcomes.Count, budget.Spent, planner.IsFree ? 0 : null, run.Seconds),
            Gates = gates,
            FailedScoreShare = scores.Planned == 0 ? 0 : (double)scores.Failed / scores.Planned,
            Notes = [.. facts.Notes, .. measured.Notes, .. scores.Notes(), .. NotesOnAsking(attempts, outcomes, budget)],
            Reproduce = new Reproduction(options.Command, (JsonObject)effective.DeepClone()),
        };
    }

    private List<string> NotesOnAsking(IReadOnlyList<PlannedAttempt> attempts, IReadOnlyList<AttemptOutcome> outcomes, TokenBudget budget)
    {
        List<string> notes = [];
        int errors = outcomes.Count(o => o.Completion.Disposition == Disposition.Error);
        if (outcomes.Count < attempts.Count)
            notes.Add(FormattableString.Invariant($"The audit is not complete: {outcomes.Count} of {attempts.Count} attempts were made before the budget was spent. The same command with a larger budget continues it."));
        if (errors > 0)
            notes.Add($"Ended in an error, and counted as attempts and as no hit: {Counted.Of(errors, "attempt")} of {outcomes.Count}.");
        if (budget.IsEstimate)
            notes.Add("The target did not count all tokens: some were estimated at four characters each.");
        if (planner.Config.Budget.Usd is not null && !planner.IsFree)
            notes.Add("The price of the target is not known: the budget in dollars could not be kept, the one in tokens was.");
        if (!inputs.Target.Capabilities.Deterministic)
            notes.Add("The target is not deterministic: the same audit may give other completions.");
        notes.Add("\"Not found\" does not mean \"not trained on\": what was not asked for cannot come back.");
        return notes;
    }
}
