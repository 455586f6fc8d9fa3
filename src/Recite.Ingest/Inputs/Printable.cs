using System.Globalization;

namespace Recite.Ingest.Inputs;

/// <summary>Makes text from outside fit to stand in a sentence on a terminal.</summary>
internal static class Printable
{
    private const int LongestChars = 300;

    /// <summary>The text with every control and format character replaced by <c>?</c>, shortened in the middle when it is long.</summary>
    public static string Show(string text)
    {
        if (text.Length > LongestChars)
            text = string.Concat(text.AsSpan(0, LongestChars / 2), "...", text.AsSpan(text.Length - (LongestChars / 2)));

        foreach (char c in text)
        {
            if (MustHide(c))
                return string.Create(text.Length, text, static (shown, source) => Replace(source, shown));
        }

        return text;
    }

    /// <summary>A number of bytes in the largest unit that keeps it whole.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        >= 1L << 30 when bytes % (1L << 30) == 0 => $"{bytes >> 30} GiB",
        >= 1L << 20 when bytes % (1L << 20) == 0 => $"{bytes >> 20} MiB",
        >= 1L << 10 when bytes % (1L << 10) == 0 => $"{bytes >> 10} KiB",
        _ => $"{bytes} bytes",
    };

    private static void Replace(string source, Span<char> shown)
    {
        for (int i = 0; i < shown.Length; i++)
            shown[i] = MustHide(source[i]) ? '?' : source[i];
    }

    // Format characters turn the reading direction around: a name could pretend to be another one.
    private static bool MustHide(char c) => c >= 0x7F
        ? CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        : c < ' ' || c == 0x7F;
}
