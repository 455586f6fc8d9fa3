using Recite.Cli.Terminal;

namespace Recite.Cli.Tests.Terminal;

public sealed class TerminalTextTest
{
    [Fact]
    public void Leaves_ordinary_text_of_any_script_alone() => Assert.Equal("Köln, 東京, हिन्दी 👍", TerminalText.Of("Köln, 東京, हिन्दी 👍"));

    [Theory]
    [InlineData("\u001b[31mred", "U+001B")]
    [InlineData("a\rb", "U+000D")]
    [InlineData("a\u202Eb", "U+202E")]
    [InlineData("a\u0000b", "U+0000")]
    [InlineData("a\u009Bb", "U+009B")]
    public void Spells_out_what_controls_a_terminal(string text, string shown)
    {
        string visible = TerminalText.Of(text);
        Assert.Contains(shown, visible, StringComparison.Ordinal);
        Assert.DoesNotContain(visible, char.IsControl);
    }

    [Fact]
    public void An_excerpt_keeps_both_ends_and_its_bound()
    {
        string excerpt = TerminalText.Excerpt("the beginning\n  " + new string('x', 500) + "\tthe end", 60);
        Assert.True(excerpt.Length <= 60, excerpt);
        Assert.StartsWith("the beginning x", excerpt, StringComparison.Ordinal);
        Assert.EndsWith("x the end", excerpt, StringComparison.Ordinal);
    }

    [Fact]
    public void An_excerpt_never_cuts_a_character_in_two()
    {
        string text = string.Concat(Enumerable.Repeat("👍", 100));
        for (int most = 10; most < 30; most++)
        {
            string excerpt = TerminalText.Excerpt(text, most);
            Assert.Equal(excerpt, new string(excerpt.EnumerateRunes().Where(rune => rune.Value != 0xFFFD).SelectMany(rune => rune.ToString()).ToArray()));
        }
    }
}
