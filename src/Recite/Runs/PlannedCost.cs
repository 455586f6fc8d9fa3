using Recite.Targets;

namespace Recite.Runs;

/// <summary>
/// What a plan is expected to cost in tokens: every prompt, every completion up to its length, every scoring pass. Nearly exact for
/// completions of fixed length and a known tokenizer; a target that stops by itself spends less, and without a tokenizer a token of a
/// prompt is taken for four characters.
/// </summary>
/// <param name="Prompts">Tokens of all prompts, the beginning-of-text token included where the target puts one first.</param>
/// <param name="Completions">Tokens of all completions at their longest.</param>
/// <param name="Scoring">Tokens of all scoring passes.</param>
/// <param name="Passes">Scoring passes.</param>
public sealed record PlannedCost(long Prompts, long Completions, long Scoring, int Passes)
{
    /// <summary>All of it together.</summary>
    public long Expected => Prompts + Completions + Scoring;

    /// <summary>The cost of attempts and of the passes that come after them.</summary>
    internal static PlannedCost Of(IReadOnlyList<PlannedAttempt> attempts, long scoringTokens, int passes, ITarget target)
    {
        if (target.Capabilities.Endpoint is "replay")
            return new PlannedCost(0, 0, 0, 0);
        var budget = new TokenBudget(null, target.Tokenizer, countsNothing: false);
        int beginning = target.Tokenizer?.BeginningOfText is null ? 0 : 1;
        return new PlannedCost(attempts.Sum(a => (long)budget.CountPrompt(a) + beginning), attempts.Sum(a => (long)a.MaxTokens), scoringTokens, passes);
    }
}
