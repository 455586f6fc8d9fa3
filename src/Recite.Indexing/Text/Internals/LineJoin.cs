using System.Runtime.CompilerServices;
using System.Text;

namespace Recite.Indexing.Text.Internals;

/// <summary>
/// A word hyphenated at the end of a line: letter or mark, hyphen, spaces or tabs, one line break, spaces or tabs, letter. What
/// stands between the two letters vanishes. Definition: <c>docs/formats/normalization.md</c>.
/// </summary>
internal static class LineJoin
{
    /// <summary>
    /// Whether a hyphen at <paramref name="at"/>, or a soft hyphen right before it, joins two letters; then where the second begins.
    /// </summary>
    public static bool TryFind(FoldingTable table, ReadOnlySpan<byte> text, int at, out int right)
    {
        right = 0;
        int hyphen = at, behind = at;
        switch (text[at])
        {
            case (byte)'-':
                behind = at + 1;
                break;
            case 0xE2 when at + 2 < text.Length && text[at + 1] == 0x80 && text[at + 2] is 0x90 or 0x91:
                behind = at + 3;
                break;
            // A soft hyphen is no boundary, so whoever looks for one is behind it already.
            case (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' when at >= 2 && text[at - 1] == 0xAD && text[at - 2] == 0xC2:
                hyphen = at - 2;
                break;
            default:
                return false;
        }

        return TryFindLetter(table, text, behind, out right) && EndsWithLetter(table, text[..hyphen]);
    }

    /// <summary>Whether the code point at <paramref name="at"/> is the second letter of such a word.</summary>
    public static bool EndsAt(FoldingTable table, ReadOnlySpan<byte> text, int at)
    {
        int lineStart = text[..at].TrimEnd(" \t"u8).Length;
        int lineEnd = lineStart;
        if (lineEnd > 0 && text[lineEnd - 1] == '\n')
            lineEnd--;
        if (lineEnd > 0 && text[lineEnd - 1] == '\r')
            lineEnd--;
        if (lineEnd == lineStart)
            return false;

        ReadOnlySpan<byte> line = text[..lineEnd].TrimEnd(" \t"u8);
        int hyphen = line.Length - 1;
        if (line.EndsWith("\u2010"u8) || line.EndsWith("\u2011"u8))
            hyphen = line.Length - 3;
        else if (line.EndsWith("\u00ad"u8))
            hyphen = line.Length;
        return hyphen >= 0 && TryFind(table, text, hyphen, out int right) && right == at;
    }

    private static bool TryFindLetter(FoldingTable table, ReadOnlySpan<byte> text, int behindHyphen, out int right)
    {
        right = SkipSpaces(text, behindHyphen);
        int lineEnd = right;
        if (right < text.Length && text[right] == '\r')
            right++;
        if (right < text.Length && text[right] == '\n')
            right++;
        if (right == lineEnd)
            return false;

        right = SkipSpaces(text, right);
        if (right == text.Length)
            return false;

        uint bits = table.Lookup(Utf8Decoder.Decode(text, right, out _));
        return (bits & CodePointBits.Number) == 0 && CodePointBits.GetClass(bits) is CodePointBits.Joined or CodePointBits.Alone && table.IsCutBefore(bits);
    }

    private static bool EndsWithLetter(FoldingTable table, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return false;

        // What is damaged decodes to U+FFFD, which is no letter.
        _ = Rune.DecodeLastFromUtf8(text, out Rune last, out _);
        uint bits = table.Lookup(last.Value);
        return (bits & CodePointBits.Number) == 0 && CodePointBits.GetClass(bits) != CodePointBits.Separator && !table.Vanishes(bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SkipSpaces(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t')
            at++;
        return at;
    }
}
