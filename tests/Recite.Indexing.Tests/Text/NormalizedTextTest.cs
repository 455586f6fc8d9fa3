using System.Text;
using CsCheck;
using Recite.Indexing.Text;

namespace Recite.Indexing.Tests.Text;

public sealed class NormalizedTextTest
{
    [Fact]
    public void Separators_are_one_cluster_and_letters_map_one_to_one()
    {
        NormalizedText text = TextSamples.Map("One -- Two");
        Assert.Equal("one two", Encoding.UTF8.GetString(text.Bytes.Span));
        Assert.Equal([(0, 0), (1, 1), (2, 2), (3, 3), (7, 4), (8, 5), (9, 6), (10, 7)], ClusterTruth.ReadBorders(text));
        Assert.Equal(new TextSpan(2, 7), text.ToOriginalInside(new TextSpan(2, 4)));
        Assert.Equal(3, text.ToNormalizedFloor(5));
    }

    [Fact]
    public void A_composed_letter_is_one_cluster_and_so_is_an_expanded_one()
    {
        NormalizedText text = TextSamples.Map("xe\u0301\ufb01y");
        Assert.Equal("x\u00e9fiy", Encoding.UTF8.GetString(text.Bytes.Span));
        Assert.Equal([(0, 0), (1, 1), (4, 3), (7, 5), (8, 6)], ClusterTruth.ReadBorders(text));
        Assert.True(text.ToOriginalInside(new TextSpan(4, 5)).IsEmpty);
        Assert.Equal(new TextSpan(4, 7), text.ToOriginalOutside(new TextSpan(4, 5)));
    }

    [Fact]
    public void Marks_that_change_nothing_map_to_themselves()
    {
        NormalizedText text = TextSamples.Map("q\u0323\u0307z");
        Assert.Equal([(0, 0), (1, 1), (3, 3), (5, 5), (6, 6)], ClusterTruth.ReadBorders(text));
    }

    [Fact]
    public void What_vanishes_belongs_to_the_cluster_before_it()
    {
        Assert.Equal([(0, 0), (4, 1), (5, 2)], ClusterTruth.ReadBorders(TextSamples.Map("a\u200bb")));
        Assert.Equal([(0, 0), (4, 1)], ClusterTruth.ReadBorders(TextSamples.Map("\u200ba")));
    }

    [Fact]
    public void Both_letters_at_a_line_hyphen_are_one_cluster() =>
        Assert.Equal([(0, 0), (1, 1), (2, 2), (6, 4), (7, 5)], ClusterTruth.ReadBorders(TextSamples.Map("exa-\nmp")));

    [Fact]
    public void A_text_that_vanishes_altogether_has_an_empty_map()
    {
        NormalizedText text = TextSamples.Map("\u200b\u200d");
        Assert.True(text.Bytes.IsEmpty);
        Assert.Equal(new TextSpan(0, 0), text.ToOriginalOutside(new TextSpan(0, 0)));
        Assert.Equal(new TextSpan(0, 0), text.TrimToWords(new TextSpan(0, 0)));
        Assert.Equal(0, text.ToNormalizedFloor(4));
    }

    [Theory]
    [InlineData("one two three", 1, 11, "two")]
    [InlineData("one two three", 0, 13, "one two three")]
    [InlineData("one two three", 3, 8, "two")]
    [InlineData("one two three", 4, 6, "tw")]
    [InlineData("one two three", 5, 10, "wo th")]
    [InlineData("one two three", 3, 4, " ")]
    [InlineData("supercalifragilistic", 3, 9, "ercali")]
    [InlineData("\u65e5\u672c\u8a9e", 1, 8, "\u672c")]
    [InlineData("a\u00e9b", 0, 2, "a")]
    [InlineData("word \u65e5\u672c tail", 2, 13, "\u65e5\u672c")]
    public void A_span_is_trimmed_to_whole_words(string input, int start, int end, string expected)
    {
        NormalizedText text = TextSamples.Map(input);
        TextSpan trimmed = text.TrimToWords(new TextSpan(start, end));
        Assert.Equal(expected, Encoding.UTF8.GetString(text.Bytes.Span[trimmed.Start..trimmed.End]));
    }

    [Fact]
    public void A_word_inside_a_longer_cluster_is_trimmed_with_the_cluster()
    {
        // Both code points are one cluster, since the separators between them melt: " x y ", of which "x" is no cluster.
        NormalizedText text = TextSamples.Map("a\u249c\u249db");
        Assert.Equal("a a b b", Encoding.UTF8.GetString(text.Bytes.Span));
        Assert.Equal(new TextSpan(1, 6), text.TrimToWords(new TextSpan(1, 6)));
        Assert.Equal(new TextSpan(1, 7), text.TrimToWords(new TextSpan(1, 7)));
        Assert.True(text.TrimToWords(new TextSpan(2, 3)).IsEmpty);
    }

    [Fact]
    public void Spans_outside_the_text_are_refused()
    {
        NormalizedText text = TextSamples.Map("abc");
        Assert.Throws<ArgumentOutOfRangeException>(() => text.ToOriginalInside(new TextSpan(0, 4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => text.ToOriginalOutside(new TextSpan(2, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => text.TrimToWords(new TextSpan(-1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => text.ToNormalizedFloor(4));
    }

    [Fact]
    public void Any_span_maps_to_the_clusters_that_a_search_of_all_borders_finds() =>
        Gen.Select(TextSamples.Any, Gen.Int[0, 1000], Gen.Int[0, 1000]).Sample((utf8, one, other) =>
        {
            NormalizedText text = TextSamples.Map(utf8);
            TextSpan span = Draw(text, one, other);
            List<(int Original, int Normalized)> borders = ClusterTruth.ReadBorders(text);
            (int Original, int Normalized) outerStart = borders.Last(border => border.Normalized <= span.Start);
            (int Original, int Normalized) outerEnd = borders.First(border => border.Normalized >= span.End);
            Assert.Equal(new TextSpan(outerStart.Original, outerEnd.Original), text.ToOriginalOutside(span));

            int innerStart = borders.First(border => border.Normalized >= span.Start).Original;
            int innerEnd = borders.Last(border => border.Normalized <= span.End).Original;
            TextSpan inside = text.ToOriginalInside(span);
            Assert.Equal(innerStart < innerEnd ? new TextSpan(innerStart, innerEnd) : inside, inside);
            Assert.Equal(innerStart >= innerEnd, inside.IsEmpty);
        }, iter: 3000);

    [Fact]
    public void Any_span_is_trimmed_and_counted_as_a_search_of_all_words_says() =>
        Gen.Select(TextSamples.Any, Gen.Int[0, 1000], Gen.Int[0, 1000]).Sample((utf8, one, other) =>
        {
            foreach (NormalizedText text in new[] { TextSamples.Map(utf8), TextNormalizer.For("exact").NormalizeWithMap(utf8) })
            {
                TextSpan span = Draw(text, one, other);
                TextSpan trimmed = text.TrimToWords(span);
                Assert.Equal(SlowTrim(text, span), trimmed.IsEmpty && SlowTrim(text, span) is null ? null : trimmed);
                int touched = 0;
                foreach (TextSpan word in WordBreaker.EnumerateWords(text.Bytes.Span))
                    touched += word.Overlaps(span) ? 1 : 0;
                Assert.Equal(touched, text.CountWords(span));
                Assert.Equal(WordBreaker.CountCharacters(text.Bytes.Span[trimmed.Start..trimmed.End]), text.CountCharacters(trimmed));
            }
        }, iter: 3000);

    private static TextSpan Draw(NormalizedText text, int one, int other)
    {
        int length = text.Bytes.Length;
        return new TextSpan(length * Math.Min(one, other) / 1000, length * Math.Max(one, other) / 1000);
    }

    // The widest stretch between two cluster borders that no word sticks out of, less the clusters without a word at its ends;
    // without a word the widest stretch between two borders; null where there is no border.
    private static TextSpan? SlowTrim(NormalizedText text, TextSpan span)
    {
        var words = new List<TextSpan>();
        foreach (TextSpan word in WordBreaker.EnumerateWords(text.Bytes.Span))
            words.Add(word);
        int[] inside = [.. ClusterTruth.ReadBorders(text).Select(border => border.Normalized).Where(border => border >= span.Start && border <= span.End)];
        int[] clean = [.. inside.Where(border => !words.Exists(word => word.Start < border && border < word.End))];
        if (clean.Length > 0)
        {
            TextSpan[] whole = [.. words.Where(word => word.Start >= clean[0] && word.End <= clean[^1])];
            if (whole.Length > 0)
                return new TextSpan(clean.Last(border => border <= whole[0].Start), clean.First(border => border >= whole[^1].End));
        }

        return inside.Length > 0 ? new TextSpan(inside[0], inside[^1]) : null;
    }
}
