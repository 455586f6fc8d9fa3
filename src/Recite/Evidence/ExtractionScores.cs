using Recite.Probes;
using Recite.Targets;

namespace Recite.Evidence;

/// <summary>How probable the target makes the suffixes it gave back: one teacher-forced pass per sample, at temperature 1 (M1).</summary>
internal static class ExtractionScores
{
    public const string Scheme = "temperature=1";

    /// <summary>log10 of the probability by sample; empty where the target cannot score or the samples were not cut in tokens.</summary>
    public static async Task<IReadOnlyDictionary<string, double>> ScoreAsync(ITarget target, IEnumerable<AttemptOutcome> outcomes, CancellationToken cancellationToken)
    {
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        if (!target.Capabilities.Scoring)
            return scores;

        AttemptOutcome[] scored = [.. outcomes
            .Where(o => o.Extraction is not null && o.Attempt is { PromptTokens.Count: > 0, SuffixTokens.Count: > 0 })
            .DistinctBy(o => o.Attempt.Sample, StringComparer.Ordinal)];
        if (scored.Length == 0)
            return scores;

        int at = 0;
        ScoreRequest[] requests = [.. scored.Select(o => new ScoreRequest(o.Attempt.PromptTokens!, o.Attempt.SuffixTokens!))];
        await foreach (SuffixScore score in target.ScoreAsync(requests, cancellationToken))
            scores[scored[at++].Attempt.Sample] = score.LogProbability / Math.Log(10);
        return scores;
    }
}
