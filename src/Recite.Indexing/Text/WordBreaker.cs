using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Recite.Indexing.Text.Internals;

namespace Recite.Indexing.Text;

/// <summary>
/// Finds words: maximal runs of letters, marks and numbers, where each letter or number of the scripts Han, Hiragana, Katakana,
/// Thai, Lao, Khmer and Myanmar is a word by itself and a mark belongs to what precedes it.
/// </summary>
public static class WordBreaker
{
    // Word classes are the same in every version of the tables.
    private static readonly FoldingTable s_table = FoldingTable.Second;

    /// <summary>How many words the text has. Bytes that are not UTF-8 separate words.</summary>
    public static int CountWords(ReadOnlySpan<byte> normalizedUtf8)
    {
        int count = 0;
        foreach (TextSpan _ in EnumerateWords(normalizedUtf8))
            count++;
        return count;
    }

    /// <summary>How many code points the text has. A maximal invalid subpart counts as one.</summary>
    public static int CountCharacters(ReadOnlySpan<byte> normalizedUtf8)
    {
        int count = 0;
        if (Utf8.IsValid(normalizedUtf8))
        {
            ReadOnlySpan<sbyte> bytes = MemoryMarshal.Cast<byte, sbyte>(normalizedUtf8);
            int at = 0;
            var lastContinuation = new Vector<sbyte>(-65);
            for (; at <= bytes.Length - Vector<sbyte>.Count; at += Vector<sbyte>.Count)
                count -= Vector.Sum(Vector.GreaterThan(new Vector<sbyte>(bytes[at..]), lastContinuation));
            for (; at < bytes.Length; at++)
                count += bytes[at] > -65 ? 1 : 0;
            return count;
        }

        for (int at = 0; at < normalizedUtf8.Length; count++)
        {
            _ = Utf8Decoder.Decode(normalizedUtf8, at, out int length);
            at += length;
        }

        return count;
    }

    /// <summary>
    /// Whether a word begins or ends at the offset. False inside a code point and between two separators.
    /// A run of marks before the offset is walked back over.
    /// </summary>
    public static bool IsWordBorder(ReadOnlySpan<byte> normalizedUtf8, int offset)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)offset, (uint)normalizedUtf8.Length, nameof(offset));
        if (!Utf8Decoder.IsBorder(normalizedUtf8, offset))
            return false;

        uint after = offset == normalizedUtf8.Length ? CodePointBits.Separator : ClassOf(Utf8Decoder.Decode(normalizedUtf8, offset, out _));
        uint before = TakeLastClass(ref normalizedUtf8, offset);
        if (after == CodePointBits.Separator || before == CodePointBits.Separator)
            return after != before;
        if (after != CodePointBits.Joined)
            return after == CodePointBits.Alone;

        while (before == CodePointBits.Mark)
            before = TakeLastClass(ref normalizedUtf8, normalizedUtf8.Length);
        return before == CodePointBits.Alone;
    }

    /// <summary>The words from first to last.</summary>
    public static WordEnumerator EnumerateWords(ReadOnlySpan<byte> normalizedUtf8) => new(normalizedUtf8);

    internal static uint ClassOf(int codePoint) => CodePointBits.GetClass(s_table.Lookup(codePoint));

    /// <summary>Class of the code point that ends at <paramref name="end"/>, which the text is then cut before; the start counts as a separator.</summary>
    private static uint TakeLastClass(ref ReadOnlySpan<byte> text, int end)
    {
        text = text[..end];
        if (end == 0)
            return CodePointBits.Separator;

        _ = Rune.DecodeLastFromUtf8(text, out Rune last, out int length);
        text = text[..^length];
        return ClassOf(last.Value);
    }
}
