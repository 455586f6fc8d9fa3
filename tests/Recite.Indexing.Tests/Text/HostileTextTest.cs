using System.Text;
using Recite.Indexing.Text;

namespace Recite.Indexing.Tests.Text;

/// <summary>Texts of a megabyte made to hurt. An algorithm that is not linear would not end within the test run.</summary>
public sealed class HostileTextTest
{
    private const int Count = 300_000;

    [Fact]
    public void Marks_in_the_wrong_order_are_sorted()
    {
        NormalizedText text = CheckLong("a" + Repeat("\u0301\u0323"), "\u1ea1" + Repeat("\u0323", Count - 1) + Repeat("\u0301"));
        Assert.Equal(1, text.ClusterCount);
    }

    [Fact]
    public void Marks_in_the_right_order_map_to_themselves()
    {
        NormalizedText text = CheckLong("q" + Repeat("\u0301"), "q" + Repeat("\u0301"));
        Assert.Equal(Count + 1, text.ClusterCount);
    }

    [Fact]
    public void Marks_without_a_letter_that_decompose_are_decomposed() => CheckLong(Repeat("\u0344"), Repeat("\u0308\u0301"));

    [Fact]
    public void Ligatures_expand_elevenfold()
    {
        const string word = "\u0635\u0644\u0649 \u0627\u0644\u0644\u0647 \u0639\u0644\u064a\u0647 \u0648\u0633\u0644\u0645";
        NormalizedText text = CheckLong(Repeat("\ufdfa"), Repeat(word));
        Assert.Equal(Count, text.ClusterCount);
        Assert.Equal(new TextSpan(3, 6), text.ToOriginalInside(new TextSpan(1, 70)));
    }

    [Fact]
    public void Bracketed_letters_melt_into_one_cluster()
    {
        NormalizedText text = CheckLong(Repeat("\u249c"), " " + Repeat("a "));
        Assert.Equal(1, text.ClusterCount);
        Assert.True(text.TrimToWords(new TextSpan(1, text.Bytes.Length - 1)).IsEmpty);
    }

    [Fact]
    public void Jamo_compose_as_far_as_they_go() =>
        CheckLong(Repeat("\u1100\u1161\u11a8") + Repeat("\u11a8"), Repeat("\uac01") + Repeat("\u11a8"));

    [Fact]
    public void What_vanishes_vanishes() => CheckLong(Repeat("\u200d") + "a" + Repeat("\u200d"), "a");

    [Fact]
    public void Separators_of_every_kind_are_one() => CheckLong("a" + Repeat("\u2003-\u3000\t\U0001F600") + "b", "a b");

    [Fact]
    public void Line_hyphens_in_a_row_are_one_cluster() => Assert.Equal(1, CheckLong(Repeat("a-\n"), Repeat("a", Count) + " ").ClusterCount - 1);

    [Fact]
    public void A_hyphen_before_a_long_run_of_spaces_is_looked_at_once()
    {
        string spaces = Repeat(" ");
        CheckLong("a-" + spaces + "\n" + spaces + "b", "ab");
        CheckLong("a-" + Repeat("- ") + "b", "a b");
        Assert.Equal(Count * 2 + 4, TextNormalizer.For("text").FindCut(Encoding.UTF8.GetBytes("a-" + spaces + "\n" + spaces + "b"), 2));
    }

    [Fact]
    public void Bytes_that_begin_nothing_are_one_separator()
    {
        byte[] bytes = new byte[Count];
        bytes.AsSpan().Fill(0xE1);
        Assert.Equal(" "u8.ToArray(), TextSamples.Normalize(bytes));
        Assert.Equal(1, TextSamples.Map(bytes).ClusterCount);
        Assert.Equal(Count, TextNormalizer.For("text").FindCut(bytes, 1));
    }

    [Fact]
    public void Ascii_longer_than_a_block_keeps_its_runs_joined()
    {
        string separators = Repeat("-", 40_000);
        CheckLong("A" + separators + "b" + separators + "\u0301", "a b \u0301");
    }

    private static NormalizedText CheckLong(string text, string expected)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text), bytes = Encoding.UTF8.GetBytes(expected);
        NormalizedText map = TextSamples.Map(utf8);
        Assert.True(TextSamples.Normalize(utf8).AsSpan().SequenceEqual(bytes));
        Assert.True(map.Bytes.Span.SequenceEqual(bytes));
        Assert.Equal(new TextSpan(0, utf8.Length), map.ToOriginalInside(new TextSpan(0, bytes.Length)));
        return map;
    }

    private static string Repeat(string part, int count = Count) => new StringBuilder().Insert(0, part, count).ToString();
}
