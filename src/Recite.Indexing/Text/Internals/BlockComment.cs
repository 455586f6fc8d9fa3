namespace Recite.Indexing.Text.Internals;

/// <summary>A kind of comment that can hold line ends.</summary>
internal enum BlockComment
{
    /// <summary><c>/*</c> to <c>*/</c>.</summary>
    SlashStar,

    /// <summary><c>--[[</c> to <c>]]</c>.</summary>
    LongBracket,
}

/// <summary>Finds where comments end that may hold line ends. What does not end within <see cref="Longest"/> bytes is none.</summary>
internal ref struct BlockCommentEnds(ReadOnlySpan<byte> text, BlockComment kind)
{
    /// <summary>Bytes of the longest comment; it bounds how far a cut must look.</summary>
    public const int Longest = 16 << 10;

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly int _openingBytes = kind == BlockComment.SlashStar ? 2 : 4;
    // Before this offset no end follows what was asked for last, so no byte is searched twice.
    private int _searchedTo;

    private readonly ReadOnlySpan<byte> Opening => kind == BlockComment.SlashStar ? "/*"u8 : "--[["u8;

    private readonly ReadOnlySpan<byte> Closing => kind == BlockComment.SlashStar ? "*/"u8 : "]]"u8;

    /// <summary>Where the comment ends that begins at the offset; -1 if it does not end in time.</summary>
    public int Find(int opening)
    {
        int from = opening + _openingBytes, to = (int)Math.Min((long)opening + Longest, _text.Length);
        int start = Math.Max(from, _searchedTo - 1);
        if (start >= to)
            return -1;

        int found = _text[start..to].IndexOf(Closing);
        if (found < 0)
        {
            _searchedTo = to;
            return -1;
        }

        return start + found + 2;
    }

    /// <summary>
    /// The end of a comment that may be open at the offset, or the offset if none can be. The last opening before it decides: what
    /// was opened earlier is closed by the same end or an earlier one.
    /// </summary>
    public static int FindEndAround(ReadOnlySpan<byte> text, int offset, BlockComment kind)
    {
        var ends = new BlockCommentEnds(text, kind);
        int start = Math.Max(0, offset - Longest);
        int opening = text[start..offset].LastIndexOf(ends.Opening);
        return opening < 0 ? offset : Math.Max(offset, ends.Find(start + opening));
    }
}
