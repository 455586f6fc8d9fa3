using Recite.Targets;

namespace Recite.Models.Http;

/// <summary>
/// Turns the words that targets have for how a reply ended into dispositions (M19). Gateways pass the words of the vendor behind them
/// through, in its own case and sometimes behind a word of their own: <c>content_filter: RECITATION</c>, <c>FinishReason.SAFETY</c>.
/// </summary>
internal static class FinishReasons
{
    /// <summary>What is written for a filter that gave no word of its own.</summary>
    public const string ContentFilter = "content_filter";

    // Gemini's reasons to cut a candidate, OpenAI's and Azure's content_filter, Bedrock's guardrails, Cohere's ERROR_TOXIC.
    private static readonly HashSet<string> s_filters = new(
        [
            ContentFilter, "content_filtered", "content-filter", "safety", "recitation", "blocklist", "prohibited_content", "spii",
            "image_safety", "image_recitation", "guardrail_intervened", "error_toxic", "content_blocked", "blocked",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> s_limits = new(
        ["length", "max_tokens", "max_output_tokens", "max_length", "model_length", "model_context_window_exceeded", "limit"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The disposition of a reply that ended with <paramref name="reason"/>.</summary>
    /// <param name="reason">The target's word; <see langword="null"/> where it gave none.</param>
    /// <param name="hasText">Whether the reply held text.</param>
    public static Disposition Disposition(string? reason, bool hasText)
    {
        string[] words = (reason ?? "").Split([':', '.', ' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        // A filter that left no text is still a filter: the cut is evidence, an empty reply is not.
        if (Array.Exists(words, s_filters.Contains))
            return Targets.Disposition.Filtered;
        if (Array.Exists(words, word => word.Equals("refusal", StringComparison.OrdinalIgnoreCase)))
            return Targets.Disposition.Refused;
        if (!hasText)
            return Targets.Disposition.Empty;
        return Array.Exists(words, s_limits.Contains) ? Targets.Disposition.Truncated : Targets.Disposition.Completed;
    }
}
