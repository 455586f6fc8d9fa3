using System.Buffers;
using System.Text;
using Recite.Indexing.Text;

namespace Recite.Indexing.Tests.Text;

public sealed class TextProfileTest
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Hello, World!", "hello world ")]
    [InlineData("  a\t\tb  ", " a b ")]
    [InlineData("Straße", "strasse")]
    [InlineData("Cafe\u0301", "caf\u00e9")]
    [InlineData("\ufb01ne", "fine")]
    [InlineData("a\u200db\u00adc", "abc")]
    [InlineData("\u1100\u1161\u11a8", "\uac01")]
    [InlineData("\u212bngstro\u0308m", "\u00e5ngstr\u00f6m")]
    [InlineData("x =\u0338 y", "x y")]
    [InlineData("x =\u0301 y", "x \u0301 y")]
    [InlineData("!\u00a8a", " \u0308a")]
    [InlineData("\uff21\uff11", "a1")]
    [InlineData("\u0939\u093f\u0928\u094d\u0926\u0940", "\u0939\u093f\u0928\u094d\u0926\u0940")]
    [InlineData("I\u0307\u0130", "i\u0307i\u0307")]
    [InlineData("\u03a3\u03c2", "\u03c3\u03c3")]
    [InlineData("\u1fb4", "\u03ac\u03b9")]
    [InlineData("\u03b1\u0301\u0345", "\u03ac\u03b9")]
    [InlineData("\u03b1\u0345\u0301", "\u03b1\u03af")]
    public void Folds_case_compatibility_and_everything_between_words(string text, string expected)
    {
        Assert.Equal(expected, Normalize(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(expected, Encoding.UTF8.GetString(TextNormalizer.For("text").NormalizeWithMap(Encoding.UTF8.GetBytes(text)).Bytes.Span));
    }

    [Theory]
    [InlineData("41FF42", "a b")]
    [InlineData("41E28242", "a b")]
    [InlineData("EDA08041", " a")]
    [InlineData("F490808041", " a")]
    [InlineData("41C0", "a ")]
    [InlineData("41F09F98", "a ")]
    public void Takes_bytes_that_are_not_utf8_for_separators(string hex, string expected) =>
        Assert.Equal(expected, Normalize(Convert.FromHexString(hex)));

    private static string Normalize(byte[] bytes)
    {
        var output = new ArrayBufferWriter<byte>();
        TextNormalizer.For("text").Normalize(bytes, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
