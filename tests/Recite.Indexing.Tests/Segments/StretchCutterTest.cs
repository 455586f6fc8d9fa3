using CsCheck;
using Recite.Indexing.Segments;
using Recite.Indexing.Tests.Text;
using Recite.Indexing.Text;

namespace Recite.Indexing.Tests.Segments;

/// <summary>Short stretches of short texts: each is mapped by itself as the whole is.</summary>
public sealed class StretchCutterTest
{
    private const int Iterations = 4_000;

    [Fact]
    public void Any_text_is_mapped_in_stretches_as_the_whole_is() =>
        Gen.Select(TextSamples.Any, TextSamples.Any, Gen.Int[1, 20], Gen.Bool).Sample((first, second, most, isExact) =>
        {
            TextNormalizer profile = TextNormalizer.For(isExact ? "exact" : "text");
            byte[] utf8 = [.. first, .. second];
            NormalizedText whole = profile.NormalizeWithMap(utf8);
            for (int at = 0; at < whole.Bytes.Length; at++)
                Assert.Equal(whole.ToOriginalOutside(new TextSpan(at, at + 1)), MapInStretches(profile, utf8, most, at));
        }, iter: Iterations, print: sample => TextSamples.Show([.. sample.Item1, .. sample.Item2]));

    // A stretch of a line that is too long knows less of its strings than the whole: its clusters may be smaller, or hold a quote more.
    [Fact]
    public void Any_code_is_mapped_in_stretches_to_what_the_whole_says_or_next_to_it() =>
        Gen.Select(CodeSamples.Soup, Gen.Int[1, 40], Gen.Bool).Sample((utf8, most, renamed) =>
        {
            NormalizedText whole = CodeSamples.Profile(renamed).NormalizeWithMap(utf8);
            for (int at = 0; at < whole.Bytes.Length; at++)
            {
                TextSpan expected = whole.ToOriginalOutside(new TextSpan(at, at + 1)), actual = MapInStretches(CodeSamples.Profile(renamed), utf8, most, at);
                Assert.True(!actual.IsEmpty && actual.Start < expected.End && expected.Start < actual.End, $"{at}: {actual} has nothing of {expected}");
                Assert.True(expected.Contains(actual) || actual.Length <= most, $"{at}: {actual} is neither in {expected} nor short");
            }
        }, iter: Iterations, print: sample => CodeSamples.Show(sample.Item1));

    [Fact]
    public void Code_of_short_lines_is_mapped_in_stretches_as_the_whole_is() =>
        Gen.Select(CodeSamples.Lexemes, CodeSamples.Gaps, Gen.Bool).Sample((lexemes, gaps, renamed) =>
        {
            byte[] utf8 = CodeSamples.Write(lexemes, gaps);
            NormalizedText whole = CodeSamples.Profile(renamed).NormalizeWithMap(utf8);
            for (int at = 0; at < whole.Bytes.Length; at++)
                Assert.Equal(whole.ToOriginalOutside(new TextSpan(at, at + 1)), MapInStretches(CodeSamples.Profile(renamed), utf8, 1 << 12, at));
        }, iter: Iterations / 4, print: sample => CodeSamples.Show(CodeSamples.Write(sample.Item1, sample.Item2)));

    [Fact]
    public void Written_check_points_are_read_again_and_nonsense_is_refused() =>
        Gen.Select(Gen.Int[1, 1 << 20], Gen.Int[0, 1 << 20], Gen.Bool).Array[0, 20].Sample(steps =>
        {
            var output = new System.Buffers.ArrayBufferWriter<byte>();
            List<CheckPoint> points = [];
            CheckPoint last = default;
            foreach ((int original, int normalized, bool isOneCluster) in steps)
            {
                var point = new CheckPoint(last.Original + original, last.Normalized + normalized, isOneCluster);
                CheckPoints.Write(output, last, point);
                points.Add(last = point);
            }

            Assert.True(CheckPoints.TryRead(output.WrittenSpan, last.Original + 1, out CheckPoint[]? read));
            Assert.Equal(points, read);
            if (points.Count == 0)
                return;
            Assert.False(CheckPoints.TryRead(output.WrittenSpan, last.Original, out _));
            Assert.False(CheckPoints.TryRead(output.WrittenSpan[..^1], int.MaxValue, out _));
            Assert.False(CheckPoints.TryRead([.. output.WrittenSpan, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], int.MaxValue, out _));
        }, iter: 2_000);

    private static TextSpan MapInStretches(TextNormalizer normalizer, byte[] utf8, int most, int position)
    {
        var cutter = new StretchCutter(normalizer, most);
        int pieceStart = 0, normalizedStart = 0;
        while (true)
        {
            int pieceEnd = cutter.Advance(utf8, pieceStart, int.MaxValue);
            int normalized = TextSamples.Normalize(normalizer, utf8.AsSpan(pieceStart..pieceEnd)).Length;
            if (position < normalizedStart + normalized)
                break;
            (pieceStart, normalizedStart) = (pieceEnd, normalizedStart + normalized);
            Assert.True(pieceStart < utf8.Length);
        }

        int end = cutter.Advance(utf8, pieceStart, int.MaxValue);
        int found = cutter.Stretches.Count - 1;
        while (normalizedStart + cutter.Stretches[found].Normalized > position)
            found--;
        CheckPoint stretch = cutter.Stretches[found];
        int stretchEnd = found + 1 < cutter.Stretches.Count ? pieceStart + cutter.Stretches[found + 1].Original : end;
        var span = new TextSpan(pieceStart + stretch.Original, stretchEnd);
        if (stretch.IsOneCluster)
            return span;
        Assert.InRange(span.Length, 1, most);
        int offset = position - normalizedStart - stretch.Normalized;
        TextSpan mapped = normalizer.NormalizeWithMap(utf8.AsMemory(span.Start, span.Length)).ToOriginalOutside(new TextSpan(offset, offset + 1));
        return new TextSpan(span.Start + mapped.Start, span.Start + mapped.End);
    }
}
