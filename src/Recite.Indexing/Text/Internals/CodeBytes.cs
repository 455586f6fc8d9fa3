using System.Buffers;

namespace Recite.Indexing.Text.Internals;

/// <summary>What an ASCII byte is to a lexer of program text.</summary>
internal enum CodeByte : byte
{
    /// <summary>Stands for itself.</summary>
    Sign,

    /// <summary>White space and control characters.</summary>
    Blank,

    /// <summary>Line feed or carriage return.</summary>
    LineEnd,

    /// <summary>A letter or <c>_</c>.</summary>
    Letter,

    /// <summary>0 to 9.</summary>
    Digit,

    /// <summary>One of the three quotes.</summary>
    Quote,

    /// <summary>May begin a comment.</summary>
    Marker,

    /// <summary>Takes the special meaning off a quote.</summary>
    Backslash,

    /// <summary>Part of a longer code point, or of none.</summary>
    Wide,
}

/// <summary>Classes of bytes, and the searches that end at them.</summary>
internal static class CodeBytes
{
    private static readonly CodeByte[] s_classes = Classify();
    private static readonly SearchValues<byte> s_single = SearchValues.Create("'\\\n\r"u8), s_double = SearchValues.Create("\"\\\n\r"u8), s_back = SearchValues.Create("`\\\n\r"u8);

    public static CodeByte ClassOf(byte value) => s_classes[value];

    public static bool IsWord(byte value) => s_classes[value] is CodeByte.Letter or CodeByte.Digit;

    /// <summary>Whether the byte at the offset is white space, a control character, or behind the end.</summary>
    public static bool IsBlankAt(ReadOnlySpan<byte> text, int at) => at >= text.Length || s_classes[text[at]] is CodeByte.Blank or CodeByte.LineEnd;

    public static bool IsDigitAt(ReadOnlySpan<byte> text, int at) => at < text.Length && s_classes[text[at]] == CodeByte.Digit;

    /// <summary>Where the line ends that holds the offset.</summary>
    public static int FindLineEnd(ReadOnlySpan<byte> text, int at)
    {
        int length = text[at..].IndexOfAny((byte)'\n', (byte)'\r');
        return length < 0 ? text.Length : at + length;
    }

    /// <summary>Where the same quote stands again on the line without a backslash before it; -1 if it does not.</summary>
    public static int FindClosingQuote(ReadOnlySpan<byte> text, int opening)
    {
        byte quote = text[opening];
        SearchValues<byte> stops = quote switch { (byte)'\'' => s_single, (byte)'"' => s_double, _ => s_back };
        for (int at = opening + 1; at < text.Length;)
        {
            int length = text[at..].IndexOfAny(stops);
            if (length < 0)
                return -1;

            at += length;
            if (text[at] == quote)
                return at;
            if (text[at] != '\\' || at + 1 < text.Length && s_classes[text[at + 1]] == CodeByte.LineEnd)
                return -1;
            at += 2;
        }

        return -1;
    }

    private static CodeByte[] Classify()
    {
        var classes = new CodeByte[256];
        for (int value = 0; value < classes.Length; value++)
        {
            classes[value] = (char)value switch
            {
                '\n' or '\r' => CodeByte.LineEnd,
                <= ' ' or '\u007F' => CodeByte.Blank,
                >= '\u0080' => CodeByte.Wide,
                >= '0' and <= '9' => CodeByte.Digit,
                '_' => CodeByte.Letter,
                '\'' or '"' or '`' => CodeByte.Quote,
                '/' or '#' or '-' => CodeByte.Marker,
                '\\' => CodeByte.Backslash,
                char other => char.IsAsciiLetter(other) ? CodeByte.Letter : CodeByte.Sign,
            };
        }

        return classes;
    }
}
