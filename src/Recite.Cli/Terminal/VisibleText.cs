using System.Globalization;
using System.Text;

namespace Recite.Cli.Terminal;

/// <summary>
/// Makes text from outside safe to print: control characters, which could move the cursor or retitle the window, and characters that
/// reorder their neighbours become <c>\u{...}</c>. Everything else is left alone.
/// </summary>
internal static class VisibleText
{
    /// <summary>The text as it may be printed.</summary>
    /// <param name="text">Text from a corpus, a model, a file name or a reply.</param>
    /// <param name="keepLineBreaks">Whether line feeds and tabs stay as they are.</param>
    public static string Of(string text, bool keepLineBreaks = false)
    {
        if (!text.Any(c => MustBeShown(c, keepLineBreaks)))
            return text;

        var visible = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            if (MustBeShown(c, keepLineBreaks))
                visible.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)c:x}}}");
            else
                visible.Append(c);
        }

        return visible.ToString();
    }

    /// <summary>One line of at most <paramref name="most"/> characters: white space folded, the middle left out where it is longer.</summary>
    public static string Excerpt(string text, int most)
    {
        string line = Of(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        if (line.Length <= most)
            return line;

        int head = (most - 3) * 2 / 3;
        int tail = most - 3 - head;
        if (char.IsHighSurrogate(line[head - 1]))
            head--;
        if (char.IsLowSurrogate(line[^tail]))
            tail--;
        return string.Concat(line.AsSpan(0, head), "...", line.AsSpan(line.Length - tail));
    }

    // Bidirectional embeddings, overrides and isolates, and the separators that some terminals break lines at.
    private static bool MustBeShown(char c, bool keepLineBreaks) =>
        (char.IsControl(c) && !(keepLineBreaks && c is '\n' or '\t'))
        || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C' or '\u2028' or '\u2029' or '\uFEFF';
}
