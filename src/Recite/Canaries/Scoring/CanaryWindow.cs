using System.Text;
using Recite.Targets;

namespace Recite.Canaries.Scoring;

/// <summary>A canary cut into what the target is given and what it is to know: a secret behind its sentence, or the second half of a text.</summary>
/// <param name="Prefix">The beginning, as text.</param>
/// <param name="Suffix">The rest, with the space before it.</param>
/// <param name="PrefixTokens">The beginning in tokens of the whole text; <see langword="null"/> where no tokenizer is known.</param>
/// <param name="SuffixTokens">The rest in tokens.</param>
/// <param name="IsCut">Whether the text was longer than the target's context, so that a part was left out.</param>
internal sealed record CanaryWindow(string Prefix, string Suffix, IReadOnlyList<int>? PrefixTokens, IReadOnlyList<int>? SuffixTokens, bool IsCut)
{
    /// <summary>Cuts a canary; where it is cut depends on its text alone, never on its role.</summary>
    public static CanaryWindow Cut(CanaryEntry entry, ITokenizer? tokenizer, int? contextTokens)
    {
        int middle = Middle(entry);
        string prefix = entry.Text[..middle], suffix = entry.Text[middle..];
        if (tokenizer is null)
            return new CanaryWindow(prefix, suffix, null, null, false);

        IReadOnlyList<Token> tokens = tokenizer.Encode(entry.Text);
        int border = Encoding.UTF8.GetByteCount(prefix);
        int first = 0;
        while (first < tokens.Count - 1 && tokens[first].End <= border)
            first++;

        int room = (contextTokens ?? int.MaxValue) - (tokenizer.BeginningOfText is null ? 0 : 1);
        int start = 0, end = tokens.Count;
        if (tokens.Count > room)
        {
            // A secret stands at the end and must stay whole; of any other text the beginning is as good as the end.
            if (entry.Secret is not null)
                start = Math.Min(tokens.Count - room, first - 1);
            else
                (end, first) = (room, Math.Min(first, room / 2));
            end = Math.Min(end, start + room);
        }

        return new CanaryWindow(
            prefix,
            suffix,
            [.. tokens.Take(first).Skip(start).Select(t => t.Id)],
            [.. tokens.Take(end).Skip(first).Select(t => t.Id)],
            end - start < tokens.Count);
    }

    // The space belongs to what follows, as it does in most vocabularies.
    private static int Middle(CanaryEntry entry)
    {
        string text = entry.Text;
        int at = entry.Secret is { } secret ? text.LastIndexOf(secret, StringComparison.Ordinal) : text.IndexOf(' ', text.Length / 2);
        if (entry.Secret is not null && at > 0 && text[at - 1] == ' ')
            at--;
        return at > 0 ? at : text.Length / 2;
    }
}
