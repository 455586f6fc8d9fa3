namespace Recite.Membership;

/// <summary>One way of scoring membership, as reports name it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">The paper it comes from.</param>
/// <param name="Score">The score of a sample, larger for members; <see langword="null"/> where the target does not tell what it needs.</param>
/// <param name="Needs">What it needs beyond log-probabilities, as a clause.</param>
internal sealed record MembershipAttack(string Name, string Source, Func<MembershipSample, double?> Score, string Needs)
{
    /// <summary>Every way there is; <paramref name="share"/> of the tokens count for Min-K%.</summary>
    public static IReadOnlyList<MembershipAttack> All(double share) =>
    [
        new("loss", "Yeom et al. 2018", s => MembershipScores.Loss(s.Target.LogProbabilities), ""),
        new("zlib-ratio", "Carlini et al. 2021", s => MembershipScores.ZlibRatio(s.Target.LogProbabilities, s.Text), ""),
        new("min-k", "Shi et al. 2024", s => MembershipScores.MinK(s.Target.LogProbabilities, share), ""),
        new(
            "min-k++",
            "Zhang et al. 2024",
            s => s.Target.Moments.Count == s.Target.LogProbabilities.Count ? MembershipScores.MinKPlusPlus(s.Target.LogProbabilities, s.Target.Moments, share) : null,
            "the target does not tell mean and deviation of its log-probabilities over the vocabulary"),
        new(
            "reference-ratio",
            "Carlini et al. 2021, 2022",
            s => s.Reference is { LogProbabilities.Count: > 0 } reference ? MembershipScores.ReferenceRatio(s.Target.LogProbabilities, reference.LogProbabilities) : null,
            "no baseline that can score was given; name a model that never saw the corpus with 'baseline:'"),
    ];
}
