using System.Text;
using Recite.Membership;
using Recite.Scores;
using Recite.Targets;

namespace Recite.Runs;

/// <summary>
/// What a plan costs in tokens: every prompt, every completion at its full length, every scoring pass. Nearly exact for completions of
/// fixed length and a known tokenizer; without one a token of what is shown is taken for four characters, and a target that stops by
/// itself spends less.
/// </summary>
/// <param name="Prompts">Tokens of all prompts, the beginning-of-text token included where the target puts one first.</param>
/// <param name="Completions">Tokens of all completions at their longest.</param>
/// <param name="Scoring">Tokens of all scoring passes, those of membership inference included.</param>
/// <param name="Passes">Scoring passes.</param>
public sealed record PlannedCost(long Prompts, long Completions, long Scoring, int Passes)
{
    /// <summary>All of it together.</summary>
    public long Expected => Prompts + Completions + Scoring;

    /// <summary>The most it can be: without a tokenizer every byte may be a token. What a chat template adds comes on top.</summary>
    public required long Most { get; init; }

    /// <summary>The cost of attempts and of the passes that come after them.</summary>
    internal static PlannedCost Of(IReadOnlyList<PlannedAttempt> attempts, ScoringPlan scoring, MembershipPlan? membership, ITarget target)
    {
        if (target.Capabilities.Endpoint is "replay")
            return new PlannedCost(0, 0, 0, 0) { Most = 0 };

        ScoringPass[] passes = [.. scoring.OfTarget, .. scoring.OfBaseline];
        var budget = new TokenBudget(null, target.Tokenizer, countsNothing: false);
        int beginning = target.Tokenizer?.BeginningOfText is null ? 0 : 1;
        long completions = attempts.Sum(a => (long)a.MaxTokens);
        var cost = new PlannedCost(attempts.Sum(a => (long)budget.CountPrompt(a) + beginning), completions, scoring.Tokens + (membership?.Costs.Sum() ?? 0), passes.Length + (membership?.Costs.Count ?? 0)) { Most = 0 };
        return cost with
        {
            Most = target.Tokenizer is not null
                ? cost.Expected
                : completions + attempts.Sum(a => Bytes(a.Prompt)) + passes.Sum(pass => Bytes(pass.Request.PrefixText!) + Bytes(pass.Request.SuffixText!)) + (membership?.Bytes ?? 0),
        };
    }

    private static long Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
