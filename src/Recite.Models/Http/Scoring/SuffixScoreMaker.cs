using System.Text;
using Recite.Targets;

namespace Recite.Models.Http.Scoring;

/// <summary>Makes the score of a suffix out of what a server said of the whole prompt.</summary>
internal static class SuffixScoreMaker
{
    /// <summary>The prompt of a request.</summary>
    public static string Prompt(ScoreRequest request) => request.PrefixText + request.SuffixText;

    /// <summary>Whether a request comes as token ids.</summary>
    public static bool IsByTokens(ScoreRequest request) => request.PrefixText is null && request.SuffixText is null;

    /// <summary>Finds where the suffix begins; null where the tokens do not say.</summary>
    public static SuffixBorder? FindBorder(ScoreRequest request, ScoredPrompt scored)
    {
        if (IsByTokens(request))
            return scored.Positions.Count < request.Suffix.Count ? null : new SuffixBorder(scored.Positions.Count - request.Suffix.Count, IsBetweenTokens: true);
        return SuffixBorder.Find(scored.Positions, Encoding.UTF8.GetBytes(Prompt(request)), Encoding.UTF8.GetByteCount(request.PrefixText ?? ""));
    }

    /// <summary>The score of what stands behind the border.</summary>
    public static SuffixScore Make(ScoreRequest request, ScoredPrompt scored, SuffixBorder border, int tokenCount)
    {
        ScoredPosition[] suffix = [.. scored.Positions.Skip(border.FirstToken)];
        if (suffix.Length == 0)
            return Fail(request, "the server shows no token for the suffix");
        if (suffix.Any(position => position.LogProbability is null))
        {
            return Fail(request, border.FirstToken == 0
                ? "the first token of a text has no score on a server without a beginning-of-text token; give a prefix"
                : "the server left a token of the suffix without a score");
        }

        return new SuffixScore(
            [.. suffix.Select(position => position.LogProbability!.Value)],
            [.. suffix.Select(position => position.KnownRank)],
            [.. suffix.Select(position => position.Margin)])
        {
            RequestIndex = request.Index,
            Schemes = [.. request.Schemes.Select(scheme => Make(scheme, suffix))],
            IsCutBetweenTokens = border.IsBetweenTokens,
            TokenCount = tokenCount,
        };
    }

    /// <summary>A result without scores.</summary>
    public static SuffixScore Fail(ScoreRequest request, string reason) => new([], [], []) { RequestIndex = request.Index, Error = reason };

    private static SchemeScore Make(SamplingOptions scheme, ScoredPosition[] suffix)
    {
        TruncatedScore[] scores = [.. suffix.Select(position => TruncatedScheme.Score(scheme, position))];
        return new SchemeScore([.. scores.Select(score => score.LogProbability)], scores.All(score => score.IsExact));
    }
}
