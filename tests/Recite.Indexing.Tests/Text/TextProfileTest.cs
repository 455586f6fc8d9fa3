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
    [InlineData("\u1fb4", "\u00e1i")]
    [InlineData("\u03b1\u0301\u0345", "\u00e1i")]
    [InlineData("\u03b1\u0345\u0301", "a\u00ed")]
    public void Folds_case_compatibility_and_everything_between_words(string text, string expected)
    {
        Assert.Equal(expected, Normalize(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(expected, Encoding.UTF8.GetString(TextNormalizer.For("text").NormalizeWithMap(Encoding.UTF8.GetBytes(text)).Bytes.Span));
    }

    [Theory]
    [InlineData("exam-\nple", "example")]
    [InlineData("exam- \t\r\n\t  ple", "example")]
    [InlineData("exam\u2010\nple exam\u2011\rple", "example example")]
    [InlineData("exam\u00ad\n ple", "example")]
    [InlineData("caf\u00e9-\n\u00e9tat", "caf\u00e9\u00e9tat")]
    [InlineData("cafe\u0301-\ne\u0301tat", "caf\u00e9\u00e9tat")]
    [InlineData("a-\nb-\nc", "abc")]
    [InlineData("1990-\n1995", "1990 1995")]
    [InlineData("B-\n52", "b 52")]
    [InlineData("exam-\n\nple", "exam ple")]
    [InlineData("exam--\nple", "exam ple")]
    [InlineData("exam -\nple", "exam ple")]
    [InlineData("exam- ple", "exam ple")]
    [InlineData("-\nple", " ple")]
    [InlineData("exam-\n", "exam ")]
    [InlineData("exam-\n\u0301ple", "exam \u0301ple")]
    public void Joins_words_hyphenated_at_line_ends(string text, string expected) => Assert.Equal(expected, Normalize(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("\u0440\u0430\u0443\u0440\u0430l", "paypal")]
    [InlineData("\u0422\u041d\u0415", "the")]
    [InlineData("\u0451 \u0435\u0308", "\u00eb \u00eb")]
    [InlineData("\u03cc\u03bc", "\u00f3\u03bc")]
    [InlineData("\u041c\u043e\u0441\u043a\u0432\u0430 \u0414\u043e\u043c", "mockba \u0434om")]
    [InlineData("\u00b5m mm", "\u03bcm mm")]
    [InlineData("0O 1lI 5S rn", "0o 1li 5s rn")]
    public void Sees_through_look_alike_letters(string text, string expected) => Assert.Equal(expected, Normalize(Encoding.UTF8.GetBytes(text)));

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
