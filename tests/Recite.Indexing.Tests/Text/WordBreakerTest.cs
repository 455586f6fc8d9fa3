using System.Text;
using Recite.Indexing.Text;

namespace Recite.Indexing.Tests.Text;

public sealed class WordBreakerTest
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" ", "")]
    [InlineData("the cat sat on 2 mats", "the|cat|sat|on|2|mats")]
    [InlineData("na\u00efve caf\u00e9", "na\u00efve|caf\u00e9")]
    [InlineData("q\u0323x \u0301y", "q\u0323x|\u0301y")]
    [InlineData("\u0939\u093f\u0928\u094d\u0926\u0940 \u092d\u093e\u0937\u093e", "\u0939\u093f\u0928\u094d\u0926\u0940|\u092d\u093e\u0937\u093e")]
    [InlineData("\u0e17\u0e35\u0e48\u0e19\u0e35\u0e48", "\u0e17\u0e35\u0e48|\u0e19\u0e35\u0e48")]
    [InlineData("\u4eba\u4eba\u751f\u800c\u81ea\u7531", "\u4eba|\u4eba|\u751f|\u800c|\u81ea|\u7531")]
    [InlineData("\u3072\u3089\u30ab\u30ca", "\u3072|\u3089|\u30ab|\u30ca")]
    [InlineData("\u30e9\u30fc\u30e1\u30f3", "\u30e9|\u30fc|\u30e1|\u30f3")]
    [InlineData("\u304b\u3099\u304d", "\u304b\u3099|\u304d")]
    [InlineData("dna\u7684abc", "dna|\u7684|abc")]
    [InlineData("\u7684\u0301abc", "\u7684\u0301|abc")]
    [InlineData("\ud55c\uad6d\uc5b4 \ub2e8\uc5b4", "\ud55c\uad6d\uc5b4|\ub2e8\uc5b4")]
    [InlineData("\u1019\u103c\u1014\u103a", "\u1019\u103c|\u1014\u103a")]
    [InlineData("\u1781\u17d2\u1798\u17c2\u179a", "\u1781\u17d2|\u1798\u17c2|\u179a")]
    [InlineData("\u0e9e\u0eb2\u0eaa\u0eb2", "\u0e9e|\u0eb2|\u0eaa|\u0eb2")]
    public void Words_are_runs_except_where_scripts_have_no_spaces(string text, string words)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        var found = new List<string>();
        foreach (TextSpan word in WordBreaker.EnumerateWords(utf8))
            found.Add(Encoding.UTF8.GetString(utf8[word.Start..word.End]));
        Assert.Equal(words, string.Join('|', found));
        Assert.Equal(found.Count, WordBreaker.CountWords(utf8));
    }

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("\u65e5\u672c", 2)]
    [InlineData("a\U0001F600b", 3)]
    public void Characters_are_code_points(string text, int expected) =>
        Assert.Equal(expected, WordBreaker.CountCharacters(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Characters_of_a_long_text_are_counted_past_the_vectors() =>
        Assert.Equal(3 * 1001, WordBreaker.CountCharacters(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a\u00e9\u65e5", 1001)))));
}
