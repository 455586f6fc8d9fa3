using System.Buffers.Binary;

namespace Recite.Ingest.Encodings;

/// <summary>Whether bytes read as UTF-16 in one byte order look like a text.</summary>
/// <param name="IsText">Whether they do.</param>
/// <param name="UnitsBelow256">Code units with a zero high byte: most of them in Western text, a few in any other.</param>
internal readonly record struct Utf16Plausibility(bool IsText, int UnitsBelow256)
{
    // Fewer units say too little about a script; Latin text is told by its zero bytes however short it is.
    private const int LeastUnitsOfAScript = 16;

    /// <summary>Judges the first bytes of a file. Its last unit may be cut in the middle of a pair.</summary>
    public static Utf16Plausibility Of(ReadOnlySpan<byte> window, bool bigEndian)
    {
        int units = window.Length / 2;
        if (units == 0)
            return default;

        Span<int> byHighByte = stackalloc int[256];
        byHighByte.Clear();
        bool allAscii = true;
        bool expectsLow = false;
        for (int i = 0; i < units; i++)
        {
            ReadOnlySpan<byte> pair = window.Slice(i * 2, 2);
            ushort unit = bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(pair) : BinaryPrimitives.ReadUInt16LittleEndian(pair);
            if (IsNeverInText(unit) || char.IsLowSurrogate((char)unit) != expectsLow)
                return default;
            expectsLow = char.IsHighSurrogate((char)unit);
            allAscii &= (pair[0] | pair[1]) < 0x80;
            byHighByte[unit >> 8]++;
        }

        int below256 = byHighByte[0];
        if (below256 * 10L >= units * 4L)
            return new Utf16Plausibility(true, below256);

        // ASCII bytes in pairs look like Chinese: without a byte above 0x7F there is no reason to believe in UTF-16.
        bool isText = units >= LeastUnitsOfAScript
            && ((below256 > 0 && Alphabetic(byHighByte) * 10L >= units * 9L) || (!allAscii && EastAsian(byHighByte) * 20L >= units * 19L));
        return new Utf16Plausibility(isText, below256);
    }

    private static bool IsNeverInText(ushort unit) => unit switch
    {
        '\t' or '\n' or '\r' or '\f' or '\v' or 0x1B => false,
        < 0x20 or (>= 0x7F and < 0xA0) or >= 0xFFFE => true,
        _ => false,
    };

    // An alphabet below U+2000 is one block of 256, and its spaces are in the first.
    private static int Alphabetic(ReadOnlySpan<int> byHighByte)
    {
        int largest = 0;
        foreach (int count in byHighByte[0x01..0x20])
            largest = Math.Max(largest, count);
        return byHighByte[0] + largest;
    }

    // Basic Latin, punctuation, CJK symbols and kana, Han, Hangul, full-width forms.
    private static int EastAsian(ReadOnlySpan<int> byHighByte)
    {
        int count = byHighByte[0x00] + byHighByte[0x20] + byHighByte[0xFF];
        foreach (int block in byHighByte[0x30..0xA0])
            count += block;
        foreach (int block in byHighByte[0xAC..0xD8])
            count += block;
        return count;
    }
}
