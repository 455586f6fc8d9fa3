using System.Threading.Channels;
using Recite.Indexing;
using Recite.Targets;

namespace Recite.Runs;

/// <summary>How asking ended.</summary>
/// <param name="BudgetSpent">Whether it stopped because the next attempts might have cost more than what was left.</param>
internal readonly record struct AskingResult(bool BudgetSpent);

/// <summary>
/// Sends planned attempts to a target and makes each result durable before it counts. Cancelled at any moment it keeps what has come back;
/// the rest is still pending in the run file.
/// </summary>
internal sealed class AttemptRunner(RunFile run, ITarget target, SamplingOptions sampling, TokenBudget budget)
{
    // Lists are bounded so that a target never holds a million prompts at once.
    private const int LongestList = 4096;

    /// <summary>Asks for everything that is pending; <paramref name="recorded"/> hears of each result once it is durable.</summary>
    public async Task<AskingResult> AskAsync(IReadOnlyList<PlannedAttempt> pending, Action<IReadOnlyList<AttemptResult>> recorded, CancellationToken cancellationToken)
    {
        int at = 0;
        while (at < pending.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = budget.CountAffordable(pending, at, LongestList);
            if (count == 0)
                return new AskingResult(BudgetSpent: true);
            await AskListAsync([.. pending.Skip(at).Take(count)], recorded, cancellationToken);
            at += count;
        }

        return new AskingResult(BudgetSpent: false);
    }

    private async Task AskListAsync(PlannedAttempt[] attempts, Action<IReadOnlyList<AttemptResult>> recorded, CancellationToken cancellationToken)
    {
        bool[] answered = new bool[attempts.Length];
        Dictionary<int, PlannedAttempt> byOrdinal = attempts.ToDictionary(a => a.Ordinal);
        var arrived = Channel.CreateUnbounded<AttemptResult>(new UnboundedChannelOptions { SingleReader = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task asking = Task.Run(() => ReceiveAsync(attempts, answered, arrived.Writer, stop.Token), CancellationToken.None);
        try
        {
            // No cancellation here: what has come back is kept, whatever made the asking end.
            while (await arrived.Reader.WaitToReadAsync(CancellationToken.None))
            {
                // All that is there goes to the disk in one commit.
                var batch = new List<AttemptResult>();
                while (arrived.Reader.TryRead(out AttemptResult? result))
                    batch.Add(result);
                Keep(byOrdinal, batch, recorded);
            }
        }
        finally
        {
            // A full disk ends the reading first: the target must have stopped before its owner closes it.
            if (!asking.IsCompleted)
                await stop.CancelAsync();
            await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await asking;
        AttemptResult[] silent = [.. attempts.Where((_, i) => !answered[i]).Select(a => new AttemptResult(a.Ordinal, NoAnswer(a)))];
        if (silent.Length > 0)
            Keep(byOrdinal, silent, recorded);
    }

    private async Task ReceiveAsync(PlannedAttempt[] attempts, bool[] answered, ChannelWriter<AttemptResult> arrived, CancellationToken cancellationToken)
    {
        try
        {
            CompletionRequest[] requests = [.. attempts.Select(ToRequest)];
            await foreach (Completion completion in target.CompleteAsync(requests, cancellationToken).WithCancellation(cancellationToken))
            {
                int index = completion.RequestIndex;
                if (index < 0 || index >= attempts.Length || answered[index])
                    throw new ReciteException($"{target.Id} answered a request that was not open ({index}); its results cannot be trusted.");
                answered[index] = true;
                await arrived.WriteAsync(new AttemptResult(attempts[index].Ordinal, completion), CancellationToken.None);
            }
        }
        finally
        {
            arrived.Complete();
        }
    }

    private void Keep(Dictionary<int, PlannedAttempt> attempts, IReadOnlyList<AttemptResult> results, Action<IReadOnlyList<AttemptResult>> recorded)
    {
        run.Record(results);
        foreach (AttemptResult result in results)
            budget.Spend(attempts[result.Ordinal], result.Completion);
        recorded(results);
    }

    private CompletionRequest ToRequest(PlannedAttempt attempt, int index) => new()
    {
        Index = index,
        AttemptId = attempt.Id,
        Prompt = attempt.Prompt,
        PromptTokens = target.Capabilities.TokenPrompts ? attempt.PromptTokens : null,
        MaxTokens = attempt.MaxTokens,
        Sampling = sampling,
        Seed = attempt.Seed,
    };

    private static Completion NoAnswer(PlannedAttempt attempt) => new()
    {
        RequestIndex = attempt.Ordinal,
        Disposition = Disposition.Error,
        Error = "The target gave no answer.",
    };
}
