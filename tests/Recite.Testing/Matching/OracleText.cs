using System.Text;

namespace Recite.Testing.Matching;

/// <summary>One code point of normalized text and the original bytes it came from.</summary>
/// <param name="Start">First byte in the normalized text.</param>
/// <param name="End">One past the last.</param>
/// <param name="SourceStart">First byte of the original stretch.</param>
/// <param name="SourceEnd">One past the last.</param>
/// <param name="Word">Ordinal of the word it belongs to, or -1 for a separator.</param>
public readonly record struct OraclePoint(int Start, int End, int SourceStart, int SourceEnd, int Word);

/// <summary>A text as the oracle sees it: nothing here is shared with the product.</summary>
public sealed record OracleText(string Id, byte[] Bytes, OraclePoint[] Points)
{
    /// <summary>Normalizes ASCII by the plain reading of the definition: lower case, every run of other characters one space.</summary>
    public static OracleText FromAscii(string id, string text)
    {
        var bytes = new List<byte>();
        var points = new List<OraclePoint>();
        int words = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c > 127)
                throw new ArgumentException("This oracle reads ASCII only.", nameof(text));
            bool isWord = c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9';
            bool continues = points.Count > 0 && (points[^1].Word >= 0) == isWord;
            if (isWord)
            {
                int word = continues ? points[^1].Word : words++;
                points.Add(new OraclePoint(bytes.Count, bytes.Count + 1, i, i + 1, word));
                bytes.Add((byte)char.ToLowerInvariant(c));
            }
            else if (continues)
            {
                points[^1] = points[^1] with { SourceEnd = i + 1 };
            }
            else
            {
                points.Add(new OraclePoint(bytes.Count, bytes.Count + 1, i, i + 1, -1));
                bytes.Add((byte)' ');
            }
        }

        return new OracleText(id, [.. bytes], [.. points]);
    }

    public string Text(int start, int end) => Encoding.UTF8.GetString(Bytes, start, end - start);
}
