using System.Buffers;
using System.Text;
using CsCheck;
using Recite.Indexing.Text;
using Recite.Testing.Text;

namespace Recite.Indexing.Tests.Text;

/// <summary>Texts that are likely to break a normalizer, and short ways to call one.</summary>
internal static class TextSamples
{
    private static readonly Gen<int> s_ascii = Gen.Frequency((6, Gen.Int['a', 'z']), (2, Gen.Int['A', 'Z']), (3, Pick(' ', '.', ',', '=', '<', '>', '\n', '-', '0', '9').Select(letter => (int)letter)));
    private static readonly Gen<int> s_marks = Gen.OneOf(Pick([.. SlowUnicode.Marks]), Pick(0x300, 0x301, 0x308, 0x323, 0x327, 0x338, 0x344, 0x345, 0x3099, 0x309A));
    private static readonly Gen<int> s_jamo = Gen.OneOf(Gen.Int[0x1100, 0x1115], Gen.Int[0x1160, 0x1178], Gen.Int[0x11A6, 0x11C5], Gen.Int[0xAC00, 0xAC3F], Gen.Int[0x3131, 0x3164], Gen.Int[0x3200, 0x321E]);
    private static readonly Gen<int> s_vanishing = Pick(0xAD, 0x34F, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFE0F, 0xE0001, 0xE0100, 0x115F, 0x3164);
    private static readonly Gen<int> s_expanding = Pick(0xFDFA, 0xFB01, 0xFB03, 0x3316, 0x33C2, 0xA8, 0xB4, 0x2A74, 0x1F100, 0x1F12A, 0x2026, 0xDF, 0x1E9E, 0x130, 0x149, 0x1FA2);
    private static readonly Gen<int> s_any = Gen.Int[0, 0x10F7FF].Select(value => value >= 0xD800 ? value + 0x800 : value);

    // A word that is hyphenated at a line end, or nearly.
    private static readonly Gen<int[]> s_lineEnds = Gen.Select(
        Pick(0x2D, 0x2D, 0xAD, 0x2010, 0x2011, 0x2012), Pick("", "", " ", "\t "), Pick("\n", "\n", "\r\n", "\r", "\n\n", ""), Pick("", "", "  ", "\t"),
        (hyphen, before, line, after) => (int[])[hyphen, .. (before + line + after).Select(letter => (int)letter)]);

    private static readonly Gen<int> s_codePoints = Gen.Frequency(
            (6, s_ascii),
            (5, s_marks),
            (3, s_jamo),
            (2, s_vanishing),
            (2, s_expanding),
            (2, Pick([.. SlowUnicode.Decomposable])),
            (2, Pick([.. SlowUnicode.Folding])),
            (2, Pick([.. SlowLookAlikes.CodePoints])),
            (1, Gen.Int[0x900, 0xE7F]),
            (1, s_any));

    /// <summary>Short texts of code points, weighted to everything that composes, reorders, vanishes, expands or is joined.</summary>
    public static Gen<byte[]> Texts { get; } = Gen.Frequency((9, s_codePoints.Select(codePoint => (int[])[codePoint])), (1, s_lineEnds))
        .Array[0, 24]
        .Select(parts => parts.SelectMany(codePoints => codePoints))
        .Select(codePoints => Encoding.UTF8.GetBytes(string.Concat(codePoints.Select(char.ConvertFromUtf32))));

    /// <summary>Short runs of bytes that are seldom UTF-8.</summary>
    public static Gen<byte[]> Garbage { get; } = Gen.Frequency(
            (4, Gen.Byte),
            (3, Gen.Byte[0x20, 0x7E]),
            (3, Gen.Byte[0x80, 0xBF]),
            (3, Pick<byte>(0xC2, 0xCC, 0xE0, 0xE1, 0xE2, 0xED, 0xEF, 0xF0, 0xF3, 0xF4, 0xF5)))
        .Array[0, 40];

    /// <summary>Either, or a text with a few bytes of damage.</summary>
    public static Gen<byte[]> Any { get; } = Gen.Frequency((4, Texts), (1, Garbage), (1, Gen.Select(Texts, Garbage, Texts, (a, b, c) => a.Concat(b).Concat(c).ToArray())));

    public static byte[] Normalize(ReadOnlySpan<byte> utf8, string profile = "text") => Normalize(TextNormalizer.For(profile), utf8);

    public static byte[] Normalize(TextNormalizer normalizer, ReadOnlySpan<byte> utf8)
    {
        var output = new ArrayBufferWriter<byte>();
        normalizer.Normalize(utf8, output);
        return output.WrittenSpan.ToArray();
    }

    public static NormalizedText Map(byte[] utf8) => TextNormalizer.For("text").NormalizeWithMap(utf8);

    public static NormalizedText Map(string text) => Map(Encoding.UTF8.GetBytes(text));

    private static Gen<T> Pick<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(choice => choices[choice]);

    public static string Show(ReadOnlySpan<byte> utf8) => string.Join(' ', SlowNormalizer.ReadCodePoints(utf8).Select(codePoint => $"{codePoint:X4}"));
}
