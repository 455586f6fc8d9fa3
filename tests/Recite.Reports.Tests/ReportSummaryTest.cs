using System.Text;
using System.Text.Json.Nodes;
using Recite.Reporting;
using Recite.Reports.Tests.Samples;
using Recite.Reports.Text;
using Recite.Reports.Wording;
using Recite.Testing;

namespace Recite.Reports.Tests;

public sealed class ReportSummaryTest
{
    [Fact]
    public void The_summary_of_the_sample_is_as_it_was_reviewed() => Golden.Matches("summary.txt", Print(ReportSummary.Of(SampleReport.Create())));

    [Fact]
    public void It_says_what_the_page_says()
    {
        AuditReport report = SampleReport.Create();
        VerdictText verdict = VerdictText.Of(report);
        ReportSummary summary = ReportSummary.Of(report);
        Assert.Equal(verdict.Title, summary.Title);
        Assert.Equal(verdict.Paragraphs, summary.Paragraphs);
    }

    [Fact]
    public void Hostile_text_cannot_drive_the_terminal()
    {
        string printed = Print(ReportSummary.Of(Hostile.Report()));
        Assert.DoesNotContain(printed.EnumerateRunes(), r => r.Value != '\n' && VisibleText.IsInvisible(r.Value));
        Assert.Contains("⟨U+001B⟩", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_a_control_says_so() =>
        Assert.All(ReportSummary.Of(SampleReport.Create() with { Controls = [] }).Tables, table => Assert.False(table.HasControl));

    [Fact]
    public void Estimates_beyond_the_first_are_counted()
    {
        JsonObject[] many = [.. Enumerable.Range(0, 40).Select(i => new JsonObject { ["name"] = $"e{i}", ["value"] = i })];
        IReadOnlyList<string> lines = ReportSummary.Of(SampleReport.Create() with { Estimates = many }).Estimates;
        Assert.Equal(9, lines.Count);
        Assert.Equal("32\u00A0further estimates can be read in the report.", lines[^1]);
    }

    [Theory]
    [InlineData("Membership scores are refused: too few.", null, "Membership scores are refused: too few.")]
    [InlineData(null, "no non-members.", "Membership scores: not run; no non-members.")]
    public void An_estimate_that_is_refused_or_not_run_has_its_reason_in_one_line(string? refused, string? notRun, string expected)
    {
        var estimate = new JsonObject { ["name"] = "membership", ["refused"] = refused };
        if (notRun is not null)
            estimate["notRun"] = new JsonArray(new JsonObject { ["score"] = "all", ["reason"] = notRun });
        Assert.Equal([expected], ReportSummary.Of(SampleReport.Create() with { Estimates = [estimate] }).Estimates);
    }

    private static string Print(ReportSummary summary)
    {
        var text = new StringBuilder();
        text.Append(summary.Title).Append('\n');
        foreach (string paragraph in summary.Paragraphs)
            text.Append(paragraph).Append('\n');
        foreach (SummaryTable table in summary.Tables)
        {
            text.Append('\n').Append(table.Title).Append(table.HasControl ? "" : ", no control was run").Append('\n');
            foreach (SummaryRow row in table.Rows)
                text.Append($"{(row.IsControl ? "control" : "rate")} | {row.Label} | {row.Count} | {row.Rate} | {row.Interval}").Append('\n');
        }

        foreach (string estimate in summary.Estimates)
            text.Append("estimate | ").Append(estimate).Append('\n');
        foreach (string control in summary.ControlsNotRun)
            text.Append("not run | ").Append(control).Append('\n');
        foreach (SummaryGate gate in summary.Gates)
            text.Append($"gate | {gate.Expression} | {gate.Verdict} | {gate.Judged}").Append('\n');
        return text.Append(summary.Findings).Append('\n').Append(summary.Cost).Append('\n').ToString();
    }
}
