using System.Globalization;
using System.Text;

namespace Recite.SelfTest.Oracles;

/// <summary>
/// A piece of text whose normal form under <c>text/2</c> is written down here by hand, so that the oracle needs no normalizer. No glyph
/// composes with a neighbour.
/// </summary>
/// <param name="Written">UTF-8, or bytes that are none.</param>
/// <param name="Normal">What it becomes; one space for a separator.</param>
/// <param name="StandsAlone">Whether it is a word by itself.</param>
internal sealed record Glyph(byte[] Written, byte[] Normal, bool StandsAlone = false)
{
    /// <summary>Whether it separates words.</summary>
    public bool IsSeparator => Normal is [(byte)' '];

    /// <summary>Case, compatibility forms, composition, a look-alike, a line hyphen, a letter beyond the basic plane, what vanishes, what is a word by itself.</summary>
    public static IReadOnlyList<Glyph> Letters { get; } =
    [
        Of("a", "a"), Of("b", "b"), Of("c", "c"), Of("A", "a"), Of("B", "b"), Of("\uFF21", "a"), Of("b\u200D", "b"), Of("\u0430", "a"), Of("b-\n c", "bc"), Of("1", "1"),
        Of("\u00E9", "\u00E9"), Of("\u00C9", "\u00E9"), Of("e\u0301", "\u00E9"), Of("\u0129", "\u0129"), Of("\u00DF", "ss"), Of("s", "s"),
        Of("\uFB01", "fi"), Of("\u044F", "\u044F"), Of("\u042F", "\u044F"), Of("\U00010400", "\U00010428"), Of("\U00010428", "\U00010428"),
        Of("\u597D", "\u597D") with { StandsAlone = true },
    ];

    /// <summary>Spaces, line ends, punctuation, a pictograph beyond the basic plane.</summary>
    public static IReadOnlyList<Glyph> Separators { get; } =
    [
        Of(" ", " "), Of("\r\n", " "), Of("\n", " "), Of(", ", " "), Of("=", " "), Of("\u00A0", " "), Of("\U0001F600", " "), Of("\uFFFD", " "),
    ];

    /// <summary>What is no UTF-8: one half of a surrogate pair, both halves written apart, and bytes that occur nowhere. Only a query may hold it.</summary>
    public static IReadOnlyList<Glyph> Broken { get; } =
    [
        new([0xED, 0xA0, 0x80], " "u8.ToArray()), new([0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80], " "u8.ToArray()), new([0xFF], " "u8.ToArray()), new([0x80], " "u8.ToArray()),
    ];

    /// <summary>The text that the glyphs write.</summary>
    public static byte[] Write(IEnumerable<Glyph> glyphs) => [.. glyphs.SelectMany(glyph => glyph.Written)];

    /// <summary>The text as the oracle sees it under <c>text/2</c>.</summary>
    public static OracleText ToText(string id, IEnumerable<Glyph> glyphs)
    {
        var bytes = new List<byte>();
        var points = new List<OraclePoint>();
        int at = 0, words = 0;
        bool isOpen = false;
        foreach (Glyph glyph in glyphs)
        {
            int end = at + glyph.Written.Length;
            if (glyph.IsSeparator && points is [.., { Word: < 0 }])
            {
                points[^1] = points[^1] with { SourceEnd = end };
            }
            else
            {
                if (!glyph.IsSeparator && (!isOpen || glyph.StandsAlone))
                    words++;
                points.Add(new OraclePoint(bytes.Count, bytes.Count + glyph.Normal.Length, at, end, glyph.IsSeparator ? -1 : words));
                bytes.AddRange(glyph.Normal);
                isOpen = !glyph.IsSeparator && !glyph.StandsAlone;
            }

            at = end;
        }

        return new OracleText(id, [.. bytes], [.. points]);
    }

    /// <summary>The text as the oracle sees it under <c>exact/1</c>: its bytes, a point for each code point.</summary>
    public static OracleText ToExactText(string id, IEnumerable<Glyph> glyphs)
    {
        byte[] bytes = Write(glyphs);
        var points = new List<OraclePoint>();
        bool isOpen = false;
        for (int at = 0, words = 0; at < bytes.Length;)
        {
            Rune.DecodeFromUtf8(bytes.AsSpan(at), out Rune rune, out int length);
            bool isWord = Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark;
            bool standsAlone = rune.Value == 0x597D;
            if (isWord && (!isOpen || standsAlone))
                words++;
            points.Add(new OraclePoint(at, at + length, at, at + length, isWord ? words : -1));
            isOpen = isWord && !standsAlone;
            at += length;
        }

        return new OracleText(id, bytes, [.. points]);
    }

    private static Glyph Of(string written, string normal) => new(Encoding.UTF8.GetBytes(written), Encoding.UTF8.GetBytes(normal));
}
