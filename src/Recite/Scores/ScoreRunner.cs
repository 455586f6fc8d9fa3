using System.Threading.Channels;
using Recite.Indexing;
using Recite.Runs;
using Recite.Targets;

namespace Recite.Scores;

/// <summary>Sends passes to a target and makes each score durable before it counts, or all of a list at once (<paramref name="keepsWhole"/>).</summary>
internal sealed class ScoreRunner(RunFile run, ITarget target, IReadOnlyList<string> schemes, bool keepsWhole)
{
    /// <summary>Makes the passes; <paramref name="recorded"/> hears of scores once they are durable.</summary>
    public async Task ScoreAsync(IReadOnlyList<ScoringPass> passes, Action<IReadOnlyList<StoredScore>> recorded, CancellationToken cancellationToken)
    {
        if (passes.Count == 0)
            return;
        bool[] answered = new bool[passes.Count];
        var arrived = Channel.CreateUnbounded<StoredScore>(new UnboundedChannelOptions { SingleReader = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task scoring = Task.Run(() => ReceiveAsync(passes, answered, arrived.Writer, stop.Token), CancellationToken.None);
        var whole = new List<StoredScore>();
        try
        {
            // No cancellation here: what has come back is kept, whatever made the scoring end.
            while (await arrived.Reader.WaitToReadAsync(CancellationToken.None))
            {
                var batch = new List<StoredScore>();
                while (arrived.Reader.TryRead(out StoredScore? score))
                    batch.Add(score);
                if (keepsWhole)
                    whole.AddRange(batch);
                else
                    Keep(batch, recorded);
            }
        }
        finally
        {
            // A full disk ends the reading first: the target must have stopped before its owner closes it.
            if (!scoring.IsCompleted)
                await stop.CancelAsync();
            await scoring.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await scoring;
        whole.AddRange(passes.Where((_, i) => !answered[i]).Select(pass => Store(pass, new SuffixScore([], [], []) { Error = "The target gave no score." })));
        if (whole.Count > 0)
            Keep(whole, recorded);
    }

    private async Task ReceiveAsync(IReadOnlyList<ScoringPass> passes, bool[] answered, ChannelWriter<StoredScore> arrived, CancellationToken cancellationToken)
    {
        try
        {
            ScoreRequest[] requests = [.. passes.Select((pass, i) => pass.Request with { Index = i })];
            await foreach (SuffixScore score in target.ScoreAsync(requests, cancellationToken).WithCancellation(cancellationToken))
            {
                int index = score.RequestIndex;
                if (index < 0 || index >= passes.Count || answered[index])
                    throw new ReciteException($"{target.Id} scored a window that was not open ({index}); its scores cannot be trusted.");
                answered[index] = true;
                await arrived.WriteAsync(Store(passes[index], Check(score, passes[index])), CancellationToken.None);
            }
        }
        finally
        {
            arrived.Complete();
        }
    }

    // A score that does not fit its request is a failed one. Failures cost nothing, as failed attempts do.
    private SuffixScore Check(SuffixScore score, ScoringPass pass)
    {
        if (score.Error is not null)
            return new SuffixScore([], [], []) { Error = score.Error };
        int count = score.LogProbabilities.Count;
        bool fits = count > 0
            && (pass.Request.Suffix.Count == 0 || count == pass.Request.Suffix.Count)
            && score.Ranks.Count == count
            && score.Margins.Count == count
            && score.Schemes.Count == schemes.Count
            && score.Schemes.All(scheme => scheme.LogProbabilities.Count == count)
            && score.LogProbabilities.Concat(score.Schemes.SelectMany(scheme => scheme.LogProbabilities)).All(IsLogProbability);
        return fits
            ? score with { TokenCount = score.TokenCount > 0 ? score.TokenCount : (int)pass.Tokens }
            : new SuffixScore([], [], []) { Error = "The target gave scores that do not fit the window, or that are no probabilities." };
    }

    // Rounding may leave a certain token a little above 1.
    private static bool IsLogProbability(double value) => value <= 1e-4;

    private StoredScore Store(ScoringPass pass, SuffixScore score) => new(pass.Attempt.Ordinal, pass.Context, score, score.Error is null ? schemes : []);

    private void Keep(List<StoredScore> scores, Action<IReadOnlyList<StoredScore>> recorded)
    {
        run.RecordScores(scores);
        recorded(scores);
    }
}
