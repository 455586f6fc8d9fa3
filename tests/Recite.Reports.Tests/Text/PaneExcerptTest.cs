using CsCheck;
using Recite.Evidence;
using Recite.Reports.Tests.Samples;
using Recite.Reports.Text;

namespace Recite.Reports.Tests.Text;

public sealed class PaneExcerptTest
{
    private static readonly Gen<EvidenceMark> AnyMark =
        Gen.Select(Gen.Int[-5, 5], Gen.Int[-20, 6_000], Gen.Int[-20, 6_000], (number, start, end) => new EvidenceMark(number, start, end));

    [Fact]
    public void A_short_pane_is_shown_whole_with_its_marks()
    {
        PaneExcerpt excerpt = PaneExcerpt.Of(SampleFindings.Pane("before ", "one [two] three [four]", " after"));
        Assert.Equal([new("one ", null), new("two", 1), new(" three ", null), new("four", 2)], excerpt.Runs);
        Assert.Equal(("before ", " after", 0, 0), (excerpt.Before, excerpt.After, excerpt.OmittedBefore, excerpt.OmittedAfter));
        Assert.True(excerpt.Has(2));
        Assert.False(excerpt.Has(3));
    }

    [Fact]
    public void Of_a_line_without_end_the_first_mark_stays_in_view_and_the_rest_is_counted()
    {
        string line = new('x', 1_000_000);
        PaneExcerpt excerpt = PaneExcerpt.Of(new EvidencePane(line, line, line, [new EvidenceMark(1, 700_000, 700_050)]));
        Assert.Contains(new TextRun(new string('x', 50), 1), excerpt.Runs);
        int shown = excerpt.Before.Length + excerpt.Runs.Sum(r => r.Text.Length) + excerpt.After.Length;
        Assert.InRange(shown, 1, 4_000);
        Assert.Equal(3_000_000, shown + excerpt.OmittedBefore + excerpt.OmittedAfter);
    }

    [Fact]
    public void Whatever_the_marks_are_the_runs_are_the_text_in_order_and_nothing_is_lost()
    {
        Gen<string> texts = Gen.OneOf(Gen.Char['a', 'z'].Array[0, 50].Select(c => new string(c)), Gen.Int[0, 2_600].Select(n => string.Concat(Enumerable.Repeat("😀", n))));
        Gen.Select(texts, AnyMark.Array[0, 6]).Sample((text, marks) =>
        {
            PaneExcerpt excerpt = PaneExcerpt.Of(new EvidencePane("b", text, "a", marks));
            string shown = string.Concat(excerpt.Runs.Select(r => r.Text));
            int total = excerpt.Before.Length + shown.Length + excerpt.After.Length + excerpt.OmittedBefore + excerpt.OmittedAfter;
            return text.Contains(shown, StringComparison.Ordinal) && total == text.Length + 2 && excerpt.Runs.All(r => r.Text.Length > 0);
        });
    }

    [Theory]
    [InlineData("the prompt", "", 10)]
    [InlineData("the prompt", "Ünïcødé 😀 ", 10)]
    [InlineData("", "Ünïcødé 😀 ", 0)]
    [InlineData("😀", "x", 2)]
    public void Where_the_prompt_ends_in_the_output_pane_is_known(string prompt, string before, int expected)
    {
        Finding finding = SampleFindings.All[0];
        finding = finding with
        {
            Prompt = prompt,
            Completion = before + "found",
            Match = finding.Match with { Start = System.Text.Encoding.UTF8.GetByteCount(before), End = 99 },
            Evidence = finding.Evidence with { Output = new EvidencePane(prompt + before, "found", "", [new EvidenceMark(1, 0, 5)]) },
        };
        Assert.Equal(expected, PaneExcerpt.PromptUnits(finding, PaneExcerpt.Of(finding.Evidence.Output)));
    }

    [Fact]
    public void Of_a_long_prompt_only_the_part_in_view_counts()
    {
        Finding finding = SampleFindings.All[0];
        finding = finding with
        {
            Completion = "before found",
            Match = finding.Match with { Start = 7, End = 12 },
            Evidence = finding.Evidence with { Output = new EvidencePane(new string('p', 9_000) + "before ", "found", "", [new EvidenceMark(1, 0, 5)]) },
        };
        PaneExcerpt excerpt = PaneExcerpt.Of(finding.Evidence.Output);
        Assert.Equal(excerpt.Before.Length - 7, PaneExcerpt.PromptUnits(finding, excerpt));
    }

    [Fact]
    public void A_cut_parts_no_surrogate_pair()
    {
        string text = string.Concat(Enumerable.Repeat("😀", 4_000));
        PaneExcerpt excerpt = PaneExcerpt.Of(new EvidencePane(text, text, text, []));
        Assert.All(excerpt.Runs, r => Assert.False(char.IsHighSurrogate(r.Text[^1]) || char.IsLowSurrogate(r.Text[0])));
        Assert.Equal("😀😀😀", Cut.Head(text, 7));
        Assert.Equal("😀😀😀", Cut.Tail("😀😀😀😀", 5));
    }
}
