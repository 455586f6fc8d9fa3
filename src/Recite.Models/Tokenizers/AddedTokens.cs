using System.Buffers;

namespace Recite.Models.Tokenizers;

/// <summary>An entry of <c>added_tokens</c>.</summary>
/// <param name="Id">The token's number.</param>
/// <param name="Content">Its text, as is.</param>
/// <param name="IsSpecial">Whether it is a control token: never read in text, never written as text.</param>
/// <param name="IsPlain">Whether it stands for exactly its content, without conditions on what is around it.</param>
internal sealed record AddedToken(int Id, string Content, bool IsSpecial, bool IsPlain);

/// <summary>Finds the added tokens that are ordinary text (runs of spaces, say) before anything else splits it.</summary>
internal sealed class AddedTokens
{
    private readonly Dictionary<char, AddedToken[]> _byFirstChar;
    private readonly SearchValues<char> _firstChars;

    /// <summary>Keeps those of <paramref name="tokens"/> that are neither special nor conditional.</summary>
    public AddedTokens(IEnumerable<AddedToken> tokens)
    {
        _byFirstChar = tokens
            .Where(token => token is { IsSpecial: false, IsPlain: true, Content.Length: > 0 })
            .GroupBy(token => token.Content[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(token => token.Content.Length).ToArray());
        _firstChars = SearchValues.Create([.. _byFirstChar.Keys]);
    }

    /// <summary>The first added token at or after <paramref name="start"/>, the longest where several begin; null if none.</summary>
    public AddedToken? FindNext(string text, int start, out int position)
    {
        for (position = start; position < text.Length; position++)
        {
            int step = text.AsSpan(position).IndexOfAny(_firstChars);
            if (step < 0) break;
            position += step;
            foreach (AddedToken token in _byFirstChar[text[position]])
            {
                if (text.AsSpan(position).StartsWith(token.Content, StringComparison.Ordinal)) return token;
            }
        }

        position = text.Length;
        return null;
    }
}
