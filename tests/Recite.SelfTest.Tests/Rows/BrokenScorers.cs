using Recite.SelfTest.Rows;
using Recite.Targets;

namespace Recite.SelfTest.Tests.Rows;

/// <summary>Scores of the real target, spoiled in ways that others shipped.</summary>
internal static class BrokenScorers
{
    /// <summary>Each token gets the score of its neighbour.</summary>
    public static SuffixScorer OneOff { get; } = Spoil(score => score with
    {
        LogProbabilities = Shift(score.LogProbabilities),
        Ranks = Shift(score.Ranks),
        Schemes = [.. score.Schemes.Select(scheme => scheme with { LogProbabilities = Shift(scheme.LogProbabilities) })],
    });

    /// <summary>Every scheme is taken for sampling as the model is.</summary>
    public static SuffixScorer BlindToSchemes { get; } = Spoil(score => score with
    {
        Schemes = [.. score.Schemes.Select(scheme => scheme with { LogProbabilities = score.LogProbabilities })],
    });

    /// <summary>A rank too good by one.</summary>
    public static SuffixScorer KindRanks { get; } = Spoil(score => score with { Ranks = [.. score.Ranks.Select(rank => Math.Max(0, rank - 1))] });

    /// <summary>Numbers that went through half precision.</summary>
    public static SuffixScorer HalfPrecision { get; } = Spoil(score => score with { LogProbabilities = [.. score.LogProbabilities.Select(value => (double)(Half)value)] });

    private static SuffixScorer Spoil(Func<SuffixScore, SuffixScore> spoil) => async (target, requests, cancellationToken) =>
    {
        var scores = new SuffixScore[requests.Count];
        await foreach (SuffixScore score in target.ScoreAsync(requests, cancellationToken)) scores[score.RequestIndex] = spoil(score);
        return scores;
    };

    private static IReadOnlyList<T> Shift<T>(IReadOnlyList<T> values) => [.. values.Skip(1), .. values.Take(1)];
}
