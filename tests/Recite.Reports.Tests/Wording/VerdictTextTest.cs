using Recite.Reporting;
using Recite.Reports.Tests.Samples;
using Recite.Reports.Wording;

namespace Recite.Reports.Tests.Wording;

public sealed class VerdictTextTest
{
    private static readonly Rate Control = SampleRates.Exact("extraction", 1, 300) with { Null = "held-out" };

    [Fact]
    public void A_result_above_every_control_is_said_with_both_borders()
    {
        VerdictText verdict = Of([SampleRates.Exact("extraction", 40, 100)], [Control]);
        Assert.Equal(Judgement.AboveControls, verdict.Judgement);
        Assert.Equal("The model gives back text that stands in the indexed corpus.", verdict.Title);
        Assert.Contains("in 40 of 100 samples", verdict.Paragraphs[0], StringComparison.Ordinal);
        Assert.Contains("1 of 300 (held-out documents)", verdict.Paragraphs[1], StringComparison.Ordinal);
        Assert.Contains("begins at 30.3\u00A0%, above 1.84\u00A0%", verdict.Paragraphs[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_above_the_controls_in_one_stratum_only_is_said_of_that_stratum_only()
    {
        Rate[] rates =
        [
            SampleRates.Exact("extraction", 25, 1_024) with { Low = 0.001, High = 0.05 },
            SampleRates.Exact("extraction", 1, 1_000) with { Stratum = new Stratum("1") },
            SampleRates.Exact("extraction", 24, 24) with { Stratum = new Stratum("64-127") },
        ];
        VerdictText verdict = Of(rates, [Control]);
        Assert.Equal(Judgement.AboveControlsInStrata, verdict.Judgement);
        Assert.Contains("some of the text", verdict.Title, StringComparison.Ordinal);
        Assert.Contains("stands in the corpus 64–127 times", verdict.Paragraphs[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_whose_interval_touches_a_control_is_no_finding()
    {
        VerdictText verdict = Of([SampleRates.Exact("extraction", 2, 100)], [Control]);
        Assert.Equal(Judgement.WithinControls, verdict.Judgement);
        Assert.Contains("no more than the controls explain", verdict.Title, StringComparison.Ordinal);
        Assert.Contains("no recitation beyond chance", verdict.Paragraphs[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(59, "less than 4.96\u00A0%")]
    [InlineData(299, "less than 1\u00A0%")]
    [InlineData(2_995, "less than 0.1\u00A0%")]
    public void Nothing_found_names_the_smallest_rate_that_this_excludes(int trials, string bound)
    {
        VerdictText verdict = Of([SampleRates.Exact("extraction", 0, trials)], [Control]);
        Assert.Equal(Judgement.NothingFound, verdict.Judgement);
        Assert.Contains($"With 95\u00A0% confidence, one-sided, the rate is {bound} ", verdict.Paragraphs[1], StringComparison.Ordinal);
        Assert.Contains("Not found is not the same as not trained on.", verdict.Paragraphs[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_found_in_weighted_strata_names_the_end_of_the_interval_and_no_one_sided_bound()
    {
        Rate weighted = SampleRates.Exact("extraction", 0, 387) with { High = 0.0923, Method = "stratified; weighted Clopper-Pearson, Bonferroni over strata" };
        string conclusion = Of([weighted], [Control]).Paragraphs[1];
        Assert.Contains("The 95\u00A0% interval ends at 9.23\u00A0%", conclusion, StringComparison.Ordinal);
        Assert.DoesNotContain("one-sided", conclusion, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_without_a_control_is_no_finding_however_high()
    {
        VerdictText verdict = Of([SampleRates.Exact("extraction", 100, 100)], []);
        Assert.Equal(Judgement.NoControl, verdict.Judgement);
        Assert.Equal("No conclusion: no control was run.", verdict.Title);
        Assert.Contains("nothing follows from that number", verdict.Paragraphs[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_without_trials_or_of_something_else_is_none()
    {
        Rate empty = Control with { Hits = 0, Trials = 0, Value = null, Low = null, High = null };
        Rate other = Control with { Name = "corpus-match" };
        Rate elsewhere = Control with { Probe = "divergence" };
        Assert.Equal(Judgement.NoControl, Of([SampleRates.Exact("extraction", 9, 10)], [empty, other, elsewhere]).Judgement);
    }

    [Fact]
    public void Samples_from_starts_are_held_against_controls_from_starts()
    {
        Rate start = SampleRates.Exact("extraction", 50, 100) with { Offset = "start" };
        Rate high = SampleRates.Exact("extraction", 290, 300) with { Null = "held-out", Offset = "start" };
        Assert.Equal(Judgement.WithinControls, Of([start], [Control, high]).Judgement);
        Assert.Equal(Judgement.AboveControls, Of([start with { Offset = "random" }], [Control, high]).Judgement);
    }

    [Fact]
    public void No_trial_at_all_and_an_unfinished_run_are_said()
    {
        AuditReport report = SampleReport.Create();
        VerdictText verdict = VerdictText.Of(report with { Rates = [], Run = report.Run with { Complete = false } });
        Assert.Equal(Judgement.NothingMeasured, verdict.Judgement);
        Assert.Contains("The run was not finished", verdict.Paragraphs[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_strongest_measurement_gives_the_title_and_each_gets_its_words()
    {
        VerdictText verdict = Of([SampleRates.Exact("extraction", 0, 100), SampleRates.Exact("corpus-match", 40, 100)], [Control, Control with { Name = "corpus-match" }]);
        Assert.Equal(Judgement.AboveControls, verdict.Judgement);
        Assert.Equal(4, verdict.Paragraphs.Count);
        Assert.Contains("Not found", verdict.Paragraphs[1], StringComparison.Ordinal);
    }

    private static VerdictText Of(IReadOnlyList<Rate> rates, IReadOnlyList<Rate> controls) =>
        VerdictText.Of(SampleReport.Create() with { Rates = rates, Controls = controls });
}
