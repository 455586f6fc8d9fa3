using Recite.Targets;

namespace Recite.SelfTest.Rows;

/// <summary>The estimator of T5 to T7: scores of suffixes, in the order of the requests.</summary>
/// <param name="target">The target that scores.</param>
/// <param name="requests">What to score; <see cref="ScoreRequest.Index"/> is the position in this list.</param>
/// <param name="cancellationToken">Stops the scoring.</param>
public delegate Task<IReadOnlyList<SuffixScore>> SuffixScorer(ITarget target, IReadOnlyList<ScoreRequest> requests, CancellationToken cancellationToken);

/// <summary>The estimator that ships.</summary>
internal static class TargetScorer
{
    /// <summary>Asks the target.</summary>
    public static async Task<IReadOnlyList<SuffixScore>> ScoreAsync(ITarget target, IReadOnlyList<ScoreRequest> requests, CancellationToken cancellationToken)
    {
        var scores = new SuffixScore[requests.Count];
        await foreach (SuffixScore score in target.ScoreAsync(requests, cancellationToken)) scores[score.RequestIndex] = score;
        return scores;
    }
}
