using CsCheck;
using Recite.Indexing.Text;
using Recite.Indexing.Text.Internals;
using Recite.Testing.Text;

namespace Recite.Indexing.Tests.Text;

public sealed class RandomTextTest
{
    private const int Iterations = 20_000;

    [Fact]
    public void Any_bytes_normalize_as_the_oracle_says_and_once_is_enough() =>
        TextSamples.Any.Sample(utf8 =>
        {
            byte[] expected = SlowNormalizer.Normalize(utf8);
            Assert.Equal(expected, TextSamples.Normalize(utf8));
            Assert.Equal(expected, TextSamples.Map(utf8).Bytes.ToArray());
            Assert.Equal(expected, TextSamples.Normalize(expected));
            Assert.Equal(SlowNormalizer.Normalize(utf8, version: 1), TextSamples.Normalize(TextNormalizer.For("text", 1), utf8));
        }, iter: Iterations, print: utf8 => TextSamples.Show(utf8));

    [Fact]
    public void Any_text_keeps_true_offsets() =>
        TextSamples.Texts.Sample(utf8 => ClusterTruth.Check(TextSamples.Map(utf8)), iter: Iterations / 4, print: utf8 => TextSamples.Show(utf8));

    [Fact]
    public void Any_bytes_keep_true_offsets() =>
        TextSamples.Any.Sample(utf8 => ClusterTruth.Check(TextSamples.Map(utf8)), iter: Iterations / 4, print: utf8 => TextSamples.Show(utf8));

    [Fact]
    public void Any_text_may_be_cut_wherever_FindCut_says() =>
        Gen.Select(TextSamples.Any, Gen.Int[0, 100]).Sample((utf8, percent) =>
        {
            int from = utf8.Length * percent / 100;
            int cut = TextNormalizer.For("text").FindCut(utf8, from);
            Assert.InRange(cut, from, utf8.Length);
            Assert.True(Utf8Decoder.IsBorder(utf8, cut));
            byte[] joined = [.. TextSamples.Normalize(utf8.AsSpan(..cut)), .. TextSamples.Normalize(utf8.AsSpan(cut..))];
            Assert.Equal(SlowNormalizer.Normalize(utf8), joined);
        }, iter: Iterations);

    [Fact]
    public void Words_are_the_words_of_the_oracle() =>
        TextSamples.Any.Sample(utf8 =>
        {
            foreach (byte[] text in new[] { utf8, TextSamples.Normalize(utf8) })
            {
                var words = new List<(int Start, int End)>();
                foreach (TextSpan word in WordBreaker.EnumerateWords(text))
                    words.Add((word.Start, word.End));
                Assert.Equal(SlowNormalizer.FindWords(text), words);
                Assert.Equal(words.Count, WordBreaker.CountWords(text));
                Assert.Equal(SlowNormalizer.ReadCodePoints(text).Count, WordBreaker.CountCharacters(text));
                for (int offset = 0; offset <= text.Length; offset++)
                    Assert.Equal(words.Exists(word => word.Start == offset || word.End == offset), WordBreaker.IsWordBorder(text, offset));
            }
        }, iter: Iterations / 4, print: utf8 => TextSamples.Show(utf8));

    [Fact]
    public void Both_code_paths_give_the_same_bytes() =>
        Gen.Select(TextSamples.Any, Gen.Byte[0x09, 0x7E].Array[0, 300], TextSamples.Any).Sample((before, ascii, after) =>
        {
            byte[] utf8 = [.. before, .. ascii, .. after];
            TextNormalizer scalar = new TextProfile(2, scalar: true), vector = new TextProfile(2, scalar: false);
            Assert.Equal(TextSamples.Normalize(scalar, utf8), TextSamples.Normalize(vector, utf8));
            Assert.Equal(ClusterTruth.ReadBorders(scalar.NormalizeWithMap(utf8)), ClusterTruth.ReadBorders(vector.NormalizeWithMap(utf8)));
        }, iter: Iterations / 10);
}
