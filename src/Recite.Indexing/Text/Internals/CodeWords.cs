namespace Recite.Indexing.Text.Internals;

/// <summary>Measures identifiers, keywords and numbers.</summary>
internal static class CodeWords
{
    /// <summary>Where the word or number ends that begins at the offset.</summary>
    public static int FindEnd(ReadOnlySpan<byte> text, int start) =>
        CodeBytes.ClassOf(text[start]) == CodeByte.Digit ? FindNumberEnd(text, start) : FindRunEnd(text, start);

    private static int FindRunEnd(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length)
        {
            if (CodeBytes.IsWord(text[at]))
            {
                at++;
                continue;
            }

            if (text[at] < 0x80 || WordBreaker.ClassOf(Utf8Decoder.Decode(text, at, out int length)) == CodePointBits.Separator)
                break;
            at += length;
        }

        return at;
    }

    // A number goes on over a point before a digit, and over a sign between an exponent's letter and a digit.
    private static int FindNumberEnd(ReadOnlySpan<byte> text, int start)
    {
        bool isHexadecimal = start + 1 < text.Length && text[start] == '0' && text[start + 1] is (byte)'x' or (byte)'X';
        int at = FindRunEnd(text, start);
        while (at < text.Length && CodeBytes.IsDigitAt(text, at + 1))
        {
            bool isExponent = text[at] is (byte)'+' or (byte)'-' && !isHexadecimal && text[at - 1] is (byte)'e' or (byte)'E';
            if (text[at] != '.' && !isExponent)
                break;
            at = FindRunEnd(text, at + 1);
        }

        return at;
    }
}
