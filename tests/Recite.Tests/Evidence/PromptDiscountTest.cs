using System.Text;
using CsCheck;
using Recite.Evidence;
using Recite.Indexing.Text;

namespace Recite.Tests.Evidence;

public sealed class PromptDiscountTest
{
    private static readonly Gen<string> s_texts = Gen.Int[0, 3].Array[0, 40].Select(letters => string.Concat(letters.Select(i => new[] { "a", "b", "ä", "🍎" }[i])));

    [Fact]
    public void Is_the_worked_example_of_its_documentation()
    {
        TextSpan overlap = Overlap("call me ishmael some years", "me ishmael some years ago");
        Assert.Equal(new TextSpan(0, "me ishmael some years".Length), overlap);
    }

    [Fact]
    public void Leaves_nothing_of_a_copied_prompt_and_everything_of_what_is_new()
    {
        Assert.Equal(new TextSpan(0, 5), Overlap("xx abcde yy", "abcde"));
        Assert.True(Overlap("abcde", "vwxyz").IsEmpty);
        Assert.True(Overlap("", "vwxyz").IsEmpty);
        Assert.True(Overlap("abc", "").IsEmpty);
    }

    // T12: a partial echo leaves exactly the rest.
    [Fact]
    public void Finds_exactly_the_part_that_was_shown() =>
        Assert.Equal(new TextSpan(6, 27), Overlap("tell me: späte äpfel fallen", "zwölf späte äpfel fallen leise"));

    [Fact]
    public void All_overlaps_are_the_stretches_between_changed_words()
    {
        string prompt = "the keeper of the harbour light wrote down every ship that passed";
        string match = "the keeper of the harbour lamp wrote down every ship that passed";
        IReadOnlyList<TextSpan> overlaps = new PromptDiscount(Encoding.UTF8.GetBytes(prompt)).AllOverlaps(Encoding.UTF8.GetBytes(match));
        Assert.Equal(["the keeper of the harbour l", " wrote down every ship that passed"], overlaps.OrderBy(span => span.Start).Select(span => match[span.Start..span.End]));
        Assert.Equal([new TextSpan(0, 5)], new PromptDiscount("xx abcde"u8).AllOverlaps("abcde"u8));
        Assert.Empty(new PromptDiscount("xx abcde"u8).AllOverlaps("vwxyz"u8));
    }

    [Fact]
    public void What_any_two_texts_share_by_accident_is_not_subtracted()
    {
        Assert.True(Overlap("and one of the others", "it was one of the best of them").IsEmpty);
        Assert.Equal(16, Overlap("abcdefghijklmnop!", "xabcdefghijklmnopx").Length);
        Assert.True(Overlap("abcdefghijklmno!", "xabcdefghijklmnox").IsEmpty);
        Assert.Equal(3, Overlap("x abc", "abc").Length);
    }

    [Fact]
    public void Equals_the_table_of_all_pairs() =>
        Gen.Select(s_texts, s_texts).Sample((prompt, match) =>
        {
            Rune[] a = [.. prompt.EnumerateRunes()], b = [.. match.EnumerateRunes()];
            int best = 0;
            int[,] common = new int[a.Length + 1, b.Length + 1];
            for (int i = 1; i <= a.Length; i++)
            {
                for (int j = 1; j <= b.Length; j++)
                {
                    common[i, j] = a[i - 1] == b[j - 1] ? common[i - 1, j - 1] + 1 : 0;
                    best = Math.Max(best, common[i, j]);
                }
            }

            TextSpan overlap = Overlap(prompt, match, shortest: 1);
            string found = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(match).AsSpan(overlap.Start, overlap.Length));
            Assert.Equal(best, found.EnumerateRunes().Count());
            Assert.Contains(found, prompt, StringComparison.Ordinal);
        }, iter: 3000);

    private static TextSpan Overlap(string prompt, string match, int shortest = PromptDiscount.ShortestOverlap) =>
        new PromptDiscount(Encoding.UTF8.GetBytes(prompt), shortest).LongestOverlap(Encoding.UTF8.GetBytes(match));
}
