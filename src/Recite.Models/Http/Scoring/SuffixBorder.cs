namespace Recite.Models.Http.Scoring;

/// <summary>Where a suffix begins among the tokens of a prompt.</summary>
/// <param name="FirstToken">The first token that holds something of the suffix.</param>
/// <param name="IsBetweenTokens">Whether that token holds nothing else.</param>
internal readonly record struct SuffixBorder(int FirstToken, bool IsBetweenTokens)
{
    /// <summary>
    /// Finds the border by laying the tokens over the text from its end, byte by byte: what servers do at the beginning (a
    /// beginning-of-text token, a space put before the first word) does not matter then. Null where a token does not fit the text or
    /// is not told.
    /// </summary>
    public static SuffixBorder? Find(IReadOnlyList<ScoredPosition> positions, ReadOnlySpan<byte> text, int prefixBytes)
    {
        int first = positions.Count;
        int start = text.Length;
        while (start > prefixBytes)
        {
            if (first == 0 || positions[first - 1].Bytes is not { } bytes || !text[..start].EndsWith(bytes))
                return null;
            first--;
            start -= bytes.Length;
        }

        // A character of several tokens may be told whole at its last one: the tokens without text before it hold its first bytes.
        while (start == prefixBytes && first > 0 && first < positions.Count && positions[first - 1] is { Bytes.Length: 0, LogProbability: not null })
            first--;
        return new SuffixBorder(first, start == prefixBytes);
    }

    /// <summary>
    /// Finds the border by the tokens of the prefix alone: where the whole text begins with them, it lies behind them. Null where it goes
    /// on otherwise: a token reaches over the border then, but more of them before it may differ, so that nothing says which it is.
    /// </summary>
    public static SuffixBorder? Compare(IReadOnlyList<ScoredPosition> whole, IReadOnlyList<ScoredPosition> prefix)
    {
        bool goesOn = prefix.Count < whole.Count
            && prefix.Zip(whole).All(pair => string.Equals(pair.First.Name, pair.Second.Name, StringComparison.Ordinal));
        return goesOn ? new SuffixBorder(prefix.Count, IsBetweenTokens: true) : null;
    }
}
