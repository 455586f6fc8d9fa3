using System.Text;

namespace Recite.Testing.Text;

/// <summary>
/// The oracle of <c>text</c>: says what the definition says, one step after the other, without a thought for speed.
/// Shares neither code nor tables with the product.
/// </summary>
public static class SlowNormalizer
{
    /// <summary>The whole of <c>text/1</c> or <c>text/2</c>.</summary>
    public static byte[] Normalize(ReadOnlySpan<byte> utf8, int version = 2)
    {
        List<int> codePoints = ReadCodePoints(utf8);
        if (version > 1)
            SlowLineJoins.Remove(codePoints);
        IEnumerable<int> parts = codePoints.SelectMany(SlowUnicode.Casefold).SelectMany(part => SlowUnicode.Decompose(part, compatible: false));
        if (version > 1)
            parts = parts.Select(SlowLookAlikes.Fold);
        var output = new StringBuilder();
        bool afterSeparator = false;
        foreach (int codePoint in Compose(Order(parts)))
        {
            bool isSeparator = SlowUnicode.IsSeparator(codePoint);
            if (!isSeparator)
                output.Append(char.ConvertFromUtf32(codePoint));
            else if (!afterSeparator)
                output.Append(' ');
            afterSeparator = isSeparator;
        }

        return Encoding.UTF8.GetBytes(output.ToString());
    }

    /// <summary>NFC or NFKC, to check this oracle against NormalizationTest.txt.</summary>
    public static int[] ToComposed(IEnumerable<int> codePoints, bool compatible) => [.. Compose(ToDecomposed(codePoints, compatible))];

    /// <summary>NFD or NFKD.</summary>
    public static int[] ToDecomposed(IEnumerable<int> codePoints, bool compatible) =>
        [.. Order(codePoints.SelectMany(codePoint => SlowUnicode.Decompose(codePoint, compatible)))];

    /// <summary>The words of a text as spans of bytes.</summary>
    public static List<(int Start, int End)> FindWords(ReadOnlySpan<byte> utf8)
    {
        var words = new List<(int Start, int End)>();
        bool isOpen = false, isAlone = false;
        int at = 0;
        while (at < utf8.Length)
        {
            Rune.DecodeFromUtf8(utf8[at..], out Rune rune, out int length);
            char category = SlowUnicode.Category(rune.Value)[0];
            bool standsAlone = category != 'M'
                && SlowUnicode.Script(rune.Value) is "Han" or "Hiragana" or "Katakana" or "Thai" or "Lao" or "Khmer" or "Myanmar";
            if (SlowUnicode.IsSeparator(rune.Value))
            {
                isOpen = false;
            }
            else if (isOpen && (category == 'M' || !standsAlone && !isAlone))
            {
                words[^1] = (words[^1].Start, at + length);
            }
            else
            {
                words.Add((at, at + length));
                isOpen = true;
                isAlone = standsAlone;
            }

            at += length;
        }

        return words;
    }

    /// <summary>Code points; U+FFFD for every maximal invalid subpart.</summary>
    public static List<int> ReadCodePoints(ReadOnlySpan<byte> utf8)
    {
        var codePoints = new List<int>();
        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out Rune rune, out int length);
            codePoints.Add(rune.Value);
            utf8 = utf8[length..];
        }

        return codePoints;
    }

    // D108/D109: exchange neighbours that are out of order until none is.
    private static List<int> Order(IEnumerable<int> codePoints)
    {
        List<int> ordered = [.. codePoints];
        bool isOrdered;
        do
        {
            isOrdered = true;
            for (int i = 1; i < ordered.Count; i++)
            {
                int before = SlowUnicode.CombiningClass(ordered[i - 1]), here = SlowUnicode.CombiningClass(ordered[i]);
                if (here != 0 && before > here)
                {
                    (ordered[i - 1], ordered[i]) = (ordered[i], ordered[i - 1]);
                    isOrdered = false;
                }
            }
        }
        while (!isOrdered);
        return ordered;
    }

    // D115, D117: seek back to the last starter; blocked when something between has class 0 or one that is not lower.
    private static List<int> Compose(IEnumerable<int> ordered)
    {
        var composed = new List<int>();
        foreach (int codePoint in ordered)
        {
            int starter = composed.FindLastIndex(earlier => SlowUnicode.CombiningClass(earlier) == 0);
            bool isBlocked = starter < 0 || composed.Skip(starter + 1).Any(between =>
                SlowUnicode.CombiningClass(between) >= SlowUnicode.CombiningClass(codePoint));
            if (!isBlocked && SlowUnicode.Compose(composed[starter], codePoint) is { } composite)
                composed[starter] = composite;
            else
                composed.Add(codePoint);
        }

        return composed;
    }
}
