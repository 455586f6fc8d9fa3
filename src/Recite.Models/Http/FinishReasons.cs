using Recite.Targets;

namespace Recite.Models.Http;

/// <summary>Turns the words that targets have for how a reply ended into dispositions (M19).</summary>
internal static class FinishReasons
{
    /// <summary>The disposition of a reply that ended with <paramref name="reason"/>.</summary>
    /// <param name="reason">The target's word; <see langword="null"/> where it gave none.</param>
    /// <param name="hasText">Whether the reply held text.</param>
    public static Disposition Disposition(string? reason, bool hasText) => reason?.ToLowerInvariant() switch
    {
        // A filter that left no text is still a filter: the cut is evidence, an empty reply is not.
        "content_filter" or "content_filtered" or "safety" or "recitation" => Targets.Disposition.Filtered,
        "refusal" => Targets.Disposition.Refused,
        _ when !hasText => Targets.Disposition.Empty,
        "length" or "max_tokens" or "max_output_tokens" or "model_length" or "model_context_window_exceeded" => Targets.Disposition.Truncated,
        _ => Targets.Disposition.Completed,
    };
}
