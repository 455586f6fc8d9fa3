using System.Text;
using CsCheck;
using Recite.Indexing.Text;
using Recite.Testing.Text;

namespace Recite.Indexing.Tests.Text;

public sealed class CodePropertyTest
{
    private const int Iterations = 20_000;

    [Fact]
    public void Any_bytes_normalize_as_the_oracle_says() =>
        Gen.Select(CodeSamples.Soup, Gen.Bool).Sample((utf8, renamed) =>
        {
            byte[] expected = SlowCode.Normalize(utf8, renamed);
            TextNormalizer profile = CodeSamples.Profile(renamed);
            Assert.Equal(Encoding.UTF8.GetString(expected), Encoding.UTF8.GetString(TextSamples.Normalize(profile, utf8)));
            Assert.Equal(expected, profile.NormalizeWithMap(utf8).Bytes.ToArray());
        }, iter: Iterations, print: sample => CodeSamples.Show(sample.Item1));

    [Fact]
    public void Any_text_may_be_cut_wherever_FindCut_says() =>
        Gen.Select(CodeSamples.Soup, Gen.Int[0, 100], Gen.Bool).Sample((utf8, percent, renamed) =>
        {
            TextNormalizer profile = CodeSamples.Profile(renamed);
            int from = utf8.Length * percent / 100;
            int cut = profile.FindCut(utf8, from);
            Assert.InRange(cut, from, utf8.Length);
            byte[] joined = [.. TextSamples.Normalize(profile, utf8.AsSpan(..cut)), .. TextSamples.Normalize(profile, utf8.AsSpan(cut..))];
            Assert.Equal(SlowCode.Normalize(utf8, renamed), joined);
        }, iter: Iterations, print: sample => CodeSamples.Show(sample.Item1));

    [Fact]
    public void A_stretch_between_two_borders_normalizes_to_the_slice_but_for_spaces_at_its_ends() =>
        Gen.Select(CodeSamples.Soup, Gen.Bool).Sample((utf8, renamed) =>
        {
            NormalizedText text = CodeSamples.Profile(renamed).NormalizeWithMap(utf8);
            List<(int Original, int Normalized)> borders = ClusterTruth.ReadBorders(text);
            if (text.Bytes.Length == 0)
                return;

            Assert.Equal(0, borders[0].Normalized);
            Assert.Empty(SlowCode.Normalize(utf8.AsSpan(..borders[0].Original), renamed));
            Assert.Equal((utf8.Length, text.Bytes.Length), borders[^1]);
            for (int i = 1; i < borders.Count; i++)
            {
                ((int Original, int Normalized) left, (int Original, int Normalized) right) = (borders[i - 1], borders[i]);
                Assert.True(left.Original < right.Original && left.Normalized < right.Normalized);
                CheckSlice(text, left, right, renamed);
                CheckSlice(text, borders[0], right, renamed);
                CheckSlice(text, left, borders[^1], renamed);
                CheckSlice(text, borders[i / 2], right, renamed);
            }
        }, iter: Iterations / 4, print: sample => CodeSamples.Show(sample.Item1));

    [Fact]
    public void Comments_and_layout_change_nothing() =>
        Gen.Select(CodeSamples.Lexemes, CodeSamples.Gaps, CodeSamples.Gaps).Sample((lexemes, one, other) =>
        {
            byte[] first = CodeSamples.Write(lexemes, one), second = CodeSamples.Write(lexemes, other);
            Assert.Equal(TextSamples.Normalize(first, "code"), TextSamples.Normalize(second, "code"));
            Assert.Equal(TextSamples.Normalize(first, "code-renamed"), TextSamples.Normalize(second, "code-renamed"));
        }, iter: Iterations, print: sample => CodeSamples.Show(CodeSamples.Write(sample.Item1, sample.Item2)));

    [Fact]
    public void Other_names_change_nothing_where_names_do_not_count() =>
        Gen.Select(CodeSamples.Lexemes, CodeSamples.Gaps, Gen.Int[0, 9]).Sample((lexemes, gaps, seed) =>
        {
            string[] renamed = CodeSamples.Rename(lexemes, seed);
            byte[] first = CodeSamples.Write(lexemes, gaps), second = CodeSamples.Write(renamed, gaps);
            Assert.Equal(TextSamples.Normalize(first, "code-renamed"), TextSamples.Normalize(second, "code-renamed"));
            Assert.Equal(lexemes.SequenceEqual(renamed), TextSamples.Normalize(first, "code").AsSpan().SequenceEqual(TextSamples.Normalize(second, "code")));
        }, iter: Iterations / 4, print: sample => CodeSamples.Show(CodeSamples.Write(sample.Item1, sample.Item2)));

    [Fact]
    public void A_piece_from_the_middle_of_a_line_reads_as_the_whole_does_from_the_next_line_on() =>
        Gen.Select(CodeSamples.Lexemes, CodeSamples.Lexemes, CodeSamples.Gaps, Gen.Int[0, 100]).Sample((before, after, gaps, percent) =>
        {
            // Cut inside a string that holds the opening of a comment, the piece would begin with that opening.
            byte[] head = CodeSamples.Write([.. before.Where(lexeme => !lexeme.Contains("/*", StringComparison.Ordinal))], gaps), tail = CodeSamples.Write(after, gaps);
            byte[] whole = [.. head, (byte)'\n', .. tail];
            int from = head.Length * percent / 100;
            byte[] expected = TextSamples.Normalize(tail, "code");
            Assert.True(TextSamples.Normalize(whole, "code").AsSpan().EndsWith(expected));
            Assert.True(TextSamples.Normalize(whole.AsSpan(from..), "code").AsSpan().EndsWith(expected));
        }, iter: Iterations / 4);

    private static void CheckSlice(NormalizedText text, (int Original, int Normalized) from, (int Original, int Normalized) to, bool renamed)
    {
        ReadOnlySpan<byte> slice = text.Bytes.Span[from.Normalized..to.Normalized];
        byte[] alone = SlowCode.Normalize(text.Original.Span[from.Original..to.Original], renamed);
        Assert.Equal(Encoding.UTF8.GetString(slice.Trim((byte)' ')), Encoding.UTF8.GetString(alone.AsSpan().Trim((byte)' ')));
    }
}
