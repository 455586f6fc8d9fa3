using Recite.Reports.Text;

namespace Recite.Cli.Terminal;

/// <summary>Text from outside as it may be printed: what controls a terminal or cannot be seen is spelled out, in the words of reports.</summary>
internal static class TerminalText
{
    /// <summary>The text as it may be printed.</summary>
    /// <param name="text">Text from a corpus, a model, a file name or a reply.</param>
    /// <param name="keepLineBreaks">Whether line feeds and tabs stay as they are.</param>
    public static string Of(string text, bool keepLineBreaks = false) => VisibleText.Escape(text, keepLineBreaks);

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
}
