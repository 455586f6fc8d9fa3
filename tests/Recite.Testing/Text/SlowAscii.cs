using System.Text.RegularExpressions;

namespace Recite.Testing.Text;

/// <summary>A character of normalized ASCII and the characters it came from.</summary>
/// <param name="Value">The byte.</param>
/// <param name="Start">First character of the original stretch.</param>
/// <param name="End">One past the last.</param>
/// <param name="Word">Ordinal of the word it belongs to, or -1 for a separator.</param>
public readonly record struct AsciiPoint(byte Value, int Start, int End, int Word);

/// <summary>
/// Normalizes ASCII by the plain reading of the definition: words hyphenated at line ends are joined, lower case, every run of other
/// characters one space.
/// </summary>
public static partial class SlowAscii
{
    public static AsciiPoint[] Normalize(string text)
    {
        var points = new List<AsciiPoint>(text.Length);
        int words = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c > 127)
                throw new ArgumentException("This oracle reads ASCII only.", nameof(text));
            if (c == '-' && points is [.., { Value: >= (byte)'a' and <= (byte)'z' }] && LineHyphen().Match(text, i) is { Success: true } hyphen)
            {
                i += hyphen.Length - 1;
                points[^1] = points[^1] with { End = i + 1 };
                continue;
            }

            bool isWord = c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9';
            bool continues = points.Count > 0 && (points[^1].Word >= 0) == isWord;
            if (isWord)
                points.Add(new AsciiPoint((byte)char.ToLowerInvariant(c), i, i + 1, continues ? points[^1].Word : words++));
            else if (continues)
                points[^1] = points[^1] with { End = i + 1 };
            else
                points.Add(new AsciiPoint((byte)' ', i, i + 1, -1));
        }

        return [.. points];
    }

    [GeneratedRegex(@"\G-[ \t]*(\r\n|\n|\r)[ \t]*(?=[A-Za-z])", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LineHyphen();
}
