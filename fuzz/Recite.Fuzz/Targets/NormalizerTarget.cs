using System.Buffers;
using Recite.Indexing.Text;

namespace Recite.Fuzz.Targets;

/// <summary>
/// The normalizer on any bytes: the first chooses the profile, the rest is text. Text twice is text once, a cut changes nothing, and the
/// map leads back into the text.
/// </summary>
/// <param name="name">Name of the target.</param>
/// <param name="profiles">Names of the profiles to choose from.</param>
/// <param name="seeds">Inputs to start from.</param>
internal sealed class NormalizerTarget(string name, string[] profiles, Func<IEnumerable<(string, byte[])>> seeds) : IFuzzTarget
{
    // Not before the first input: instrumented code may not run until the fuzzer has said where it counts.
    private readonly Lazy<TextNormalizer[]> _profiles = new(() => [.. profiles.Select(profile => TextNormalizer.For(profile))]);

    public string Name => name;

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return;
        TextNormalizer normalizer = _profiles.Value[input[0] % profiles.Length];
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

    public IEnumerable<(string Name, byte[] Input)> Seeds() => seeds();

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
