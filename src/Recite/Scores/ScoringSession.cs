using Recite.Config;
using Recite.Runs;
using Recite.Targets;

namespace Recite.Scores;

/// <summary>
/// One sitting of scoring: the passes that are still open are made, within the budget, and each score is durable before it counts.
/// </summary>
/// <remarks>
/// A model on this machine is asked in blocks that follow from the plan alone, and a block becomes durable as a whole: what stands beside
/// a window in a batch may move the last bits of its score, and a resumed audit must give the numbers of an undisturbed one. A server's
/// batches are its own affair, and its scores cost money, so each is kept as it comes.
/// </remarks>
internal sealed class ScoringSession(AuditInputs inputs, AuditConfig config, RunFile run, TokenBudget budget, IProgress<AuditProgress>? progress)
{
    private const int BlockSize = 64;
    private const int RemoteBlockSize = 512;

    private int _done;
    private int _failed;
    private int _total;

    /// <summary>Makes the passes that have no score yet, and failed ones too where they are to be retried; gives all scores there are.</summary>
    public async Task<AuditScores> ScoreAsync(IReadOnlyList<PlannedAttempt> attempts, bool retryErrors, CancellationToken cancellationToken)
    {
        ScoringPlan plan = ScoringPlan.Make(inputs, config, attempts);
        Dictionary<(int, string), StoredScore> known = run.ReadScores().ToDictionary(s => (s.Ordinal, s.Context));
        foreach (ScoringPass pass in plan.OfTarget.Concat(plan.OfBaseline))
        {
            if (known.TryGetValue((pass.Attempt.Ordinal, pass.Context), out StoredScore? score))
                budget.Spend(score.Score.TokenCount);
        }

        bool IsOpen(ScoringPass pass) =>
            !known.TryGetValue((pass.Attempt.Ordinal, pass.Context), out StoredScore? score) || (retryErrors && score.Score.Error is not null);

        _total = plan.OfTarget.Count + plan.OfBaseline.Count;
        _done = plan.OfTarget.Concat(plan.OfBaseline).Count(pass => !IsOpen(pass));
        _failed = known.Values.Count(score => score.Score.Error is not null) - plan.OfTarget.Concat(plan.OfBaseline).Count(pass => IsOpen(pass) && known.ContainsKey((pass.Attempt.Ordinal, pass.Context)));
        long started = inputs.Time.GetTimestamp();
        try
        {
            bool affordable = await ScoreAsync(inputs.Target, plan.OfTarget, IsOpen, plan.Schemes, cancellationToken);
            if (affordable && inputs.Baseline is { } baseline)
                await ScoreAsync(baseline, plan.OfBaseline, IsOpen, plan.Schemes, cancellationToken);
        }
        finally
        {
            if (_total > 0)
                run.AddSeconds(inputs.Time.GetElapsedTime(started).TotalSeconds);
        }

        return new AuditScores(plan, attempts, run.ReadScores());
    }

    private async Task<bool> ScoreAsync(
        ITarget target, IReadOnlyList<ScoringPass> passes, Func<ScoringPass, bool> isOpen, IReadOnlyList<SamplingOptions> schemes, CancellationToken cancellationToken)
    {
        bool isLocal = target.Capabilities.Endpoint is "local";
        var runner = new ScoreRunner(run, target, [.. schemes.Skip(1).Select(SchemeName.Of)], keepsWhole: isLocal);
        foreach (ScoringPass[] block in passes.Chunk(isLocal ? BlockSize : RemoteBlockSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ScoringPass[] open = [.. block.Where(isOpen)];
            int affordable = budget.CountAffordable([.. open.Select(pass => pass.Tokens)]);
            if (isLocal && affordable < open.Length)
                return false;
            await runner.ScoreAsync(open[..affordable], Count, cancellationToken);
            if (affordable < open.Length)
                return false;
        }

        return true;
    }

    private void Count(IReadOnlyList<StoredScore> scores)
    {
        foreach (StoredScore score in scores)
            budget.Spend(score.Score.TokenCount);
        _done += scores.Count;
        _failed += scores.Count(score => score.Score.Error is not null);
        progress?.Report(new AuditProgress(AuditStage.Scoring, _done, _total, _failed, budget.Spent, run.Header.Id));
    }
}
