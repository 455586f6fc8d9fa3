using System.Runtime.CompilerServices;

namespace Recite.Indexing.Text.Internals;

/// <summary>Reads code points from bytes that need not be valid UTF-8.</summary>
internal static class Utf8Decoder
{
    /// <summary>What stands for a maximal invalid subpart (Unicode 15.0, section 3.9, table 3-8).</summary>
    public const int Replacement = 0xFFFD;

    /// <summary>The code point at <paramref name="at"/>, which must lie inside the text, and its length in bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Decode(ReadOnlySpan<byte> text, int at, out int length)
    {
        int lead = text[at];
        length = 1;
        if (lead < 0x80)
            return lead;

        // Letters of two and three bytes that need no further question: everything but E0, ED and damage.
        if (lead is >= 0xC2 and < 0xE0 && at + 1 < text.Length && (text[at + 1] & 0xC0) == 0x80)
        {
            length = 2;
            return ((lead & 0x1F) << 6) | (text[at + 1] & 0x3F);
        }

        if ((lead & 0xF0) == 0xE0 && lead is not (0xE0 or 0xED) && at + 2 < text.Length
            && (text[at + 1] & 0xC0) == 0x80 && (text[at + 2] & 0xC0) == 0x80)
        {
            length = 3;
            return ((lead & 0x0F) << 12) | ((text[at + 1] & 0x3F) << 6) | (text[at + 2] & 0x3F);
        }

        return DecodeCarefully(text, at, out length);
    }

    /// <summary>Whether the offset, at most the length, does not lie inside a code point.</summary>
    public static bool IsBorder(ReadOnlySpan<byte> text, int offset)
    {
        if (offset <= 0 || offset >= text.Length || (text[offset] & 0xC0) != 0x80)
            return true;

        // A code point that covers the offset begins at most three bytes before it; bytes that begin nothing have length one.
        for (int start = Math.Max(0, offset - 3); start < offset; start++)
        {
            _ = Decode(text, start, out int length);
            if (start + length > offset)
                return false;
        }

        return true;
    }

    /// <summary>Appends the UTF-8 form of a scalar value and gives its length; the span must have room for four bytes.</summary>
    public static int Encode(int codePoint, Span<byte> output)
    {
        if (codePoint < 0x80)
        {
            output[0] = (byte)codePoint;
            return 1;
        }

        if (codePoint < 0x800)
        {
            output[0] = (byte)(0xC0 | (codePoint >> 6));
            output[1] = (byte)(0x80 | (codePoint & 0x3F));
            return 2;
        }

        if (codePoint < 0x10000)
        {
            output[0] = (byte)(0xE0 | (codePoint >> 12));
            output[1] = (byte)(0x80 | ((codePoint >> 6) & 0x3F));
            output[2] = (byte)(0x80 | (codePoint & 0x3F));
            return 3;
        }

        output[0] = (byte)(0xF0 | (codePoint >> 18));
        output[1] = (byte)(0x80 | ((codePoint >> 12) & 0x3F));
        output[2] = (byte)(0x80 | ((codePoint >> 6) & 0x3F));
        output[3] = (byte)(0x80 | (codePoint & 0x3F));
        return 4;
    }

    private static int DecodeCarefully(ReadOnlySpan<byte> text, int at, out int length)
    {
        int lead = text[at];
        length = 1;
        // 80..C1 and F5..FF begin nothing; C2..DF came here because nothing follows that belongs to them.
        if (lead is < 0xE0 or > 0xF4 || at + 1 >= text.Length)
            return Replacement;

        return lead < 0xF0 ? DecodeThree(text, at, lead, text[at + 1], out length) : DecodeFour(text, at, lead, text[at + 1], out length);
    }

    private static int DecodeThree(ReadOnlySpan<byte> text, int at, int lead, int second, out int length)
    {
        length = 1;
        int lowest = lead == 0xE0 ? 0xA0 : 0x80;
        int highest = lead == 0xED ? 0x9F : 0xBF;
        if (second < lowest || second > highest)
            return Replacement;

        length = 2;
        if (at + 2 >= text.Length || (text[at + 2] & 0xC0) != 0x80)
            return Replacement;

        length = 3;
        return ((lead & 0x0F) << 12) | ((second & 0x3F) << 6) | (text[at + 2] & 0x3F);
    }

    private static int DecodeFour(ReadOnlySpan<byte> text, int at, int lead, int second, out int length)
    {
        length = 1;
        int lowest = lead == 0xF0 ? 0x90 : 0x80;
        int highest = lead == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest)
            return Replacement;

        length = 2;
        if (at + 2 >= text.Length || (text[at + 2] & 0xC0) != 0x80)
            return Replacement;

        length = 3;
        if (at + 3 >= text.Length || (text[at + 3] & 0xC0) != 0x80)
            return Replacement;

        length = 4;
        return ((lead & 0x07) << 18) | ((second & 0x3F) << 12) | ((text[at + 2] & 0x3F) << 6) | (text[at + 3] & 0x3F);
    }
}
