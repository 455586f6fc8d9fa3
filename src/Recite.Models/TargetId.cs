using Recite.Indexing;

namespace Recite.Models;

/// <summary>A target's id, split at its first colon: a known provider and what the provider calls the model.</summary>
/// <param name="Provider">One of the providers that Recite knows, built or planned.</param>
/// <param name="Model">The rest: a model's name, a path or the rest of an address.</param>
internal readonly record struct TargetId(string Provider, string Model)
{
    /// <summary>What can be used today, as messages list it.</summary>
    public const string Built = "openai, anthropic, http, https, onnx and replay";

    private static readonly string[] Known =
        ["openai", "anthropic", "http", "https", "onnx", "replay", "gemini", "azure", "a1111", "openai-image"];

    /// <summary>Splits an id.</summary>
    /// <exception cref="ReciteException">The id has no provider, no model, or a provider that nobody knows.</exception>
    public static TargetId Parse(string id)
    {
        int colon = id.IndexOf(':', StringComparison.Ordinal);
        string shown = Show(id);
        if (colon < 0)
            throw new ReciteException($"The target {shown} has no provider: write provider:model, where the provider is one of {Built}{Suggest(Guess(id))}");

        string provider = id[..colon];
        string model = id[(colon + 1)..];
        if (!Known.Contains(provider, StringComparer.Ordinal))
        {
            string? nearest = FindNearest(provider);
            throw new ReciteException($"The target {shown} has an unknown provider; known are {Built}{Suggest(nearest is null ? null : $"{nearest}:{model}")}");
        }

        if (string.IsNullOrWhiteSpace(model))
            throw new ReciteException($"The target {shown} names no model: write it after the colon, as in {provider}:NAME.");
        return new TargetId(provider, model);
    }

    private static string? Guess(string id)
    {
        int slash = id.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && slash < id.Length - 1 && FindNearest(id[..slash]) is { } provider && provider is not ("http" or "https" or "onnx" or "replay"))
            return $"{provider}:{id[(slash + 1)..]}";
        return id.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) ? $"replay:{id}" : null;
    }

    private static string Suggest(string? guess) => guess is null ? "." : $"; did you mean {Show(guess)}?";

    // An id may be a mistake of any size, for instance a key pasted into the wrong place; only its beginning is repeated.
    private static string Show(string id) => id.Length <= 80 ? id : id[..80] + "...";

    private static string? FindNearest(string word)
    {
        string lower = word.ToLowerInvariant();
        string? nearest = Known.MinBy(known => CountEdits(lower, known));
        return nearest is not null && CountEdits(lower, nearest) <= Math.Max(1, nearest.Length / 3) ? nearest : null;
    }

    // Levenshtein's distance, one row at a time.
    private static int CountEdits(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 0; i < left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < right.Length; j++)
            {
                int replaced = diagonal + (left[i] == right[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(diagonal, row[j]) + 1);
            }
        }

        return row[^1];
    }
}
