using System.Buffers;
using System.Text;
using Recite.Indexing.Text;

namespace Recite.Fuzz.Targets;

/// <summary>
/// The normalizer on any bytes: the first chooses the profile, the rest is text. Twice is once, a cut changes nothing, and the map
/// leads back into the text.
/// </summary>
internal sealed class NormalizerTarget : IFuzzTarget
{
    private static readonly TextNormalizer[] Profiles = [TextNormalizer.For("text"), TextNormalizer.For("exact")];

    public string Name => "normalizer";

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return;
        TextNormalizer normalizer = Profiles[input[0] % Profiles.Length];
        byte[] text = input[1..].ToArray();
        byte[] normalized = Normalize(normalizer, text);
        NormalizedText mapped = normalizer.NormalizeWithMap(text);
        Require.That(mapped.Bytes.Span.SequenceEqual(normalized), "with and without a map the text is another");
        if (normalizer.Name == "text")
            Require.That(Normalize(normalizer, normalized).AsSpan().SequenceEqual(normalized), "normalizing twice gives another text than once");

        int cut = normalizer.FindCut(text, text.Length / 2);
        Require.That(cut >= text.Length / 2 && cut <= text.Length, "a cut lies outside of the text");
        byte[] joined = [.. Normalize(normalizer, text.AsSpan(0, cut)), .. Normalize(normalizer, text.AsSpan(cut))];
        Require.That(joined.AsSpan().SequenceEqual(normalized), "the halves are not the whole");
        CheckMap(mapped);
    }

    public IEnumerable<(string Name, byte[] Input)> Seeds()
    {
        yield return ("plain", [0, .. "The QUICK  brown-fox, (jumps)\r\n over 12 dogs.\t"u8]);
        yield return ("accents", [0, .. Encoding.UTF8.GetBytes("Ünïcödé: e\u0301 \u0301x ﬁn ǅ İ ẞ ß Å\u0327\u0301 \u1E9B\u0323")]);
        yield return ("scripts", [0, .. Encoding.UTF8.GetBytes("คำไทย हिन्दी 한국어 \u1112\u1161\u11AB ｱｲｳ 漢字 עִבְרִית \U0001F468\u200D\U0001F469 \uFEFF\u200B\u00AD")]);
        yield return ("invalid", [0, (byte)'a', 0x80, 0xC3, (byte)'b', 0xE2, 0x82, 0xF0, 0x9F, 0x98, 0xED, 0xA0, 0x80, 0xFF, 0xC0, 0xAF]);
        yield return ("marks", [0, .. Encoding.UTF8.GetBytes("a" + new string('\u0300', 40) + new string('\u0323', 40) + "b")]);
        yield return ("exact", [1, .. "as it stands, \xFF\x00 byte for byte"u8]);
    }

    private static void CheckMap(NormalizedText mapped)
    {
        int length = mapped.Bytes.Length;
        foreach (TextSpan span in (TextSpan[])[new TextSpan(0, length), new TextSpan(length / 3, length - (length / 3))])
        {
            TextSpan inside = mapped.ToOriginalInside(span);
            TextSpan outside = mapped.ToOriginalOutside(span);
            Require.That(inside.Start >= 0 && inside.End <= mapped.Original.Length && inside.Start <= inside.End, "the map leads out of the text");
            Require.That(outside.Start <= inside.Start || inside.IsEmpty, "the outer span begins inside the inner one");
            Require.That(mapped.TrimToWords(span).End <= length, "trimming made a span longer");
            Require.That(mapped.CountWords(span) >= 0 && mapped.CountCharacters(span) <= span.End - span.Start, "more characters than bytes");
        }
    }

    private static byte[] Normalize(TextNormalizer normalizer, ReadOnlySpan<byte> text)
    {
        var output = new ArrayBufferWriter<byte>();
        normalizer.Normalize(text, output);
        return output.WrittenSpan.ToArray();
    }
}
