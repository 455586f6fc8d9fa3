using System.Text;
using Recite.Testing.Text;

namespace Recite.Indexing.Tests.Text;

/// <summary>All 1,114,112 code points less the 2,048 surrogates.</summary>
public sealed class EveryCodePointTest
{
    private static IEnumerable<int> CodePoints => Enumerable.Range(0, 0x110000).Where(codePoint => codePoint is < 0xD800 or > 0xDFFF);

    [Fact]
    public void Is_folded_as_the_oracle_says_when_it_stands_alone() => Compare("", "");

    [Fact]
    public void Is_folded_as_the_oracle_says_between_letters() => Compare("a", "B");

    [Fact]
    public void Is_folded_as_the_oracle_says_between_separators() => Compare("-", "=");

    private static void Compare(string before, string after)
    {
        foreach (int codePoint in CodePoints)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(before + char.ConvertFromUtf32(codePoint) + after);
            byte[] expected = SlowNormalizer.Normalize(utf8);
            if (!TextSamples.Normalize(utf8).AsSpan().SequenceEqual(expected) || !TextSamples.Map(utf8).Bytes.Span.SequenceEqual(expected))
                Assert.Fail($"U+{codePoint:X4} between '{before}' and '{after}': {TextSamples.Show(TextSamples.Normalize(utf8))}, not {TextSamples.Show(expected)}");
        }
    }
}
