using Recite.Targets;

namespace Recite.Runs;

/// <summary>
/// Counts tokens and keeps to a limit: attempts are sent only while all of them at their most expensive still fit. Where the target does
/// not count, its tokenizer does, and where there is none, a token is taken for four characters.
/// </summary>
internal sealed class TokenBudget(long? limit, ITokenizer? tokenizer, bool countsNothing)
{
    private const int CharactersPerToken = 4;

    /// <summary>Tokens spent, prompts and completions together.</summary>
    public long Spent { get; private set; }

    /// <summary>Whether some of <see cref="Spent"/> was estimated from characters.</summary>
    public bool IsEstimate { get; private set; }

    /// <summary>Tokens that may still be spent; <see langword="null"/> where there is no limit.</summary>
    public long? Left => countsNothing ? null : limit is { } total ? Math.Max(0, total - Spent) : null;

    /// <summary>Adds one attempt. What was replayed costs nothing.</summary>
    public void Spend(PlannedAttempt attempt, Completion completion)
    {
        if (countsNothing || completion.Disposition == Disposition.Error)
            return;
        int? prompt = completion.PromptTokenCount ?? attempt.PromptTokens?.Count;
        int? text = completion.CompletionTokenCount ?? completion.Tokens?.Count;
        IsEstimate |= tokenizer is null && (prompt is null || text is null);
        Spent += (prompt ?? Count(attempt.Prompt)) + (text ?? Count(completion.Text));
    }

    /// <summary>Adds the tokens of a scoring pass.</summary>
    public void Spend(long tokens) => Spent += countsNothing ? 0 : tokens;

    /// <summary>How many of these costs fit one after another.</summary>
    public int CountAffordable(IReadOnlyList<long> costs)
    {
        if (limit is not { } total || countsNothing)
            return costs.Count;
        long left = total - Spent;
        int count = 0;
        while (count < costs.Count && (left -= costs[count]) >= 0)
            count++;
        return count;
    }

    /// <summary>Tokens of a text whose tokenizer is not known.</summary>
    public static int Estimate(string text) => (text.Length + CharactersPerToken - 1) / CharactersPerToken;

    /// <summary>How many attempts from <paramref name="at"/> on fit at their most expensive, at most <paramref name="most"/>.</summary>
    public int CountAffordable(IReadOnlyList<PlannedAttempt> pending, int at, int most)
    {
        int count = Math.Min(most, pending.Count - at);
        if (limit is not { } total || countsNothing)
            return count;

        long left = total - Spent;
        for (int i = 0; i < count; i++)
        {
            left -= (long)CountPrompt(pending[at + i]) + pending[at + i].MaxTokens;
            if (left < 0)
                return i;
        }

        return count;
    }

    /// <summary>Tokens of a prompt, estimated where no tokenizer is known.</summary>
    public int CountPrompt(PlannedAttempt attempt) => attempt.PromptTokens?.Count ?? Count(attempt.Prompt);

    private int Count(string text) => tokenizer?.Encode(text).Count ?? Estimate(text);
}
