using Recite.Config;
using Recite.Controls;
using Recite.Targets;

namespace Recite.Runs;

/// <summary>One sitting of asking: what is still open is asked of the target and of the baseline, within the budget.</summary>
internal sealed class AskingSession(AuditInputs inputs, AuditConfig config, RunFile run, TokenBudget budget, IProgress<AuditProgress>? progress)
{
    private int _done;
    private int _errors;
    private int _total;

    /// <summary>Asks for everything that has no result yet, and for failed attempts too where they are to be retried.</summary>
    public async Task AskAsync(IReadOnlyList<PlannedAttempt> attempts, bool retryErrors, CancellationToken cancellationToken)
    {
        Dictionary<int, Completion> known = run.ReadResults().ToDictionary(r => r.Ordinal, r => r.Completion);
        bool IsOpen(PlannedAttempt attempt) =>
            !known.TryGetValue(attempt.Ordinal, out Completion? completion) || (retryErrors && completion.Disposition == Disposition.Error);

        foreach (PlannedAttempt attempt in attempts.Where(a => known.ContainsKey(a.Ordinal)))
            budget.Spend(attempt, known[attempt.Ordinal]);
        PlannedAttempt[] open = [.. attempts.Where(IsOpen)];
        _total = attempts.Count;
        _done = attempts.Count - open.Length;
        _errors = known.Values.Count(c => c.Disposition == Disposition.Error) - open.Count(a => known.ContainsKey(a.Ordinal));
        Report();

        long started = inputs.Time.GetTimestamp();
        try
        {
            PlannedAttempt[] ofTarget = [.. open.Where(a => !IsForBaseline(a))];
            AskingResult asked = await AskAsync(inputs.Target, ofTarget, cancellationToken);
            if (!asked.BudgetSpent && inputs.Baseline is { } baseline)
                await AskAsync(baseline, [.. open.Where(IsForBaseline)], cancellationToken);
        }
        finally
        {
            run.AddSeconds(inputs.Time.GetElapsedTime(started).TotalSeconds);
        }
    }

    /// <summary>Whether the baseline is asked, and not the target.</summary>
    public static bool IsForBaseline(PlannedAttempt attempt) => string.Equals(attempt.Arm, BaselineModelNull.ArmName, StringComparison.Ordinal);

    private Task<AskingResult> AskAsync(ITarget target, PlannedAttempt[] attempts, CancellationToken cancellationToken) =>
        new AttemptRunner(run, target, config.Sampling, budget).AskAsync(attempts, Count, cancellationToken);

    private void Count(IReadOnlyList<AttemptResult> results)
    {
        _done += results.Count;
        _errors += results.Count(r => r.Completion.Disposition == Disposition.Error);
        Report();
    }

    private void Report() => progress?.Report(new AuditProgress(AuditStage.Asking, _done, _total, _errors, budget.Spent, run.Header.Id));
}
