using CsCheck;
using Recite.Reports.Text;

namespace Recite.Reports.Tests.Text;

public sealed class VisibleTextTest
{
    [Theory]
    [InlineData("plain text, Ünïcode, 漢字, עברית, 😀", "plain text, Ünïcode, 漢字, עברית, 😀")]
    [InlineData("a\nb\tc\r\nd", "a\nb\tc\r\nd")]
    [InlineData("a\rb", "a⟨U+000D⟩b")]
    [InlineData("\u001B[31mred", "⟨U+001B⟩[31mred")]
    [InlineData("exe.\u202Egpj\u202C", "exe.⟨U+202E⟩gpj⟨U+202C⟩")]
    [InlineData("\u2066\u2069\u200E\u061C", "⟨U+2066⟩⟨U+2069⟩⟨U+200E⟩⟨U+061C⟩")]
    [InlineData("zero\u200Bwidth\uFEFF\u00AD", "zero⟨U+200B⟩width⟨U+FEFF⟩⟨U+00AD⟩")]
    [InlineData("\u2028\u2029\u0085\u007F", "⟨U+2028⟩⟨U+2029⟩⟨U+0085⟩⟨U+007F⟩")]
    [InlineData("\U000E0041\U000E0100", "⟨U+E0041⟩⟨U+E0100⟩")]
    [InlineData("\u3164\u115F\u2800", "⟨U+3164⟩⟨U+115F⟩⟨U+2800⟩")]
    [InlineData("\uE000\uFFFF", "⟨U+E000⟩⟨U+FFFF⟩")]
    [InlineData("", "")]
    public void What_cannot_be_seen_is_spelled_out(string text, string expected) => Assert.Equal(expected, VisibleText.Escape(text));

    [Fact]
    public void Half_a_surrogate_pair_is_spelled_out() =>
        Assert.Equal("a⟨U+D83D⟩b⟨U+DC00⟩😀", VisibleText.Escape("a\uD83Db\uDC00😀"));

    [Fact]
    public void On_one_line_breaks_and_tabs_are_spelled_out_too() =>
        Assert.Equal("a⟨U+000A⟩b⟨U+0009⟩⟨U+000D⟩⟨U+000A⟩", VisibleText.Escape("a\nb\t\r\n", keepLines: false));

    [Fact]
    public void Whatever_goes_in_nothing_invisible_comes_out()
    {
        Gen.Char.Array[0, 60].Select(c => new string(c)).Sample(text =>
        {
            string escaped = VisibleText.Escape(text, keepLines: false);
            return escaped.EnumerateRunes().All(r => !VisibleText.IsInvisible(r.Value)) && (text.Length == 0) == (escaped.Length == 0);
        });
    }
}
