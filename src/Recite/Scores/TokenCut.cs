using Recite.Targets;

namespace Recite.Scores;

/// <summary>Tokens of a text, cut in two where a border is.</summary>
/// <param name="Prefix">Ids before the border.</param>
/// <param name="Suffix">Ids behind it.</param>
internal sealed record TokenCut(IReadOnlyList<int> Prefix, IReadOnlyList<int> Suffix)
{
    /// <summary>Cuts at a byte offset, and drops what begins behind <paramref name="end"/>; <see langword="null"/> where either is inside a token.</summary>
    public static TokenCut? At(IReadOnlyList<Token> tokens, int middle, int end = int.MaxValue)
    {
        var prefix = new List<int>();
        var suffix = new List<int>();
        bool atMiddle = false, atEnd = end == int.MaxValue;
        foreach (Token token in tokens)
        {
            atMiddle |= token.Start == middle;
            atEnd |= token.End == end;
            if (token.Start < middle)
                prefix.Add(token.Id);
            else if (token.Start < end)
                suffix.Add(token.Id);
        }

        return atMiddle && atEnd && prefix.Count > 0 ? new TokenCut(prefix, suffix) : null;
    }
}
