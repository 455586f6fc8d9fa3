using System.Globalization;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Recite.Evidence;
using Recite.Reporting;
using Recite.Reports.Html;
using Recite.Reports.Tests.Samples;
using Recite.Reports.Text;

namespace Recite.Reports.Tests.Html;

public sealed class HtmlContentTest
{
    [Fact]
    public async Task Hostile_text_stays_text_and_shows_what_it_holds()
    {
        IHtmlDocument page = await ParseAsync(Hostile.Report());
        Assert.Contains("<script>alert(1)</script>", page.QuerySelector(".prompt")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("U+202E", page.QuerySelector(".prompt")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("U+001B", page.QuerySelector(".lead")!.TextContent, StringComparison.Ordinal);
        string visible = page.DocumentElement.TextContent;
        Assert.DoesNotContain(visible.EnumerateRunes(), r => r.Value is not ('\n' or '\t') && VisibleText.IsInvisible(r.Value));
    }

    [Fact]
    public async Task A_line_of_a_megabyte_everywhere_leaves_a_small_page()
    {
        string line = new('W', 1_000_000);
        AuditReport report = SampleReport.Create() with { Findings = [Hostile.Finding(line)], Notes = [line], Reproduce = new Reproduction(line, new() { [line] = line }) };
        Assert.InRange((await Written.HtmlAsync(report)).Length, 1, 200_000);
    }

    [Fact]
    public async Task The_same_report_gives_the_same_bytes() =>
        Assert.Equal(await Written.HtmlAsync(SampleReport.Create()), await Written.HtmlAsync(SampleReport.Create()));

    [Fact]
    public async Task Without_a_control_the_page_says_so_beside_each_number_and_draws_no_conclusion()
    {
        IHtmlDocument page = await ParseAsync(SampleReport.Create() with { Controls = [] });
        Assert.Equal("No conclusion: no control was run.", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("No control was run.", page.QuerySelector(".figures")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.QuerySelectorAll("#rates .warning").Length);
        Assert.Contains("No control was run.", page.QuerySelector("#controls")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.QuerySelectorAll("#rates td"), td => td.TextContent == "yes");
    }

    [Fact]
    public async Task Every_percentage_of_a_rate_stands_in_a_row_with_its_n()
    {
        AuditReport report = SampleReport.Create();
        IHtmlDocument page = await ParseAsync(report);
        IHtmlTableElement table = (IHtmlTableElement)page.QuerySelector("#rates table")!;
        foreach (Rate stratum in report.Rates.Where(r => r.Stratum is not null && r.Base == "attempts"))
        {
            IHtmlTableRowElement row = Assert.Single(table.Rows, r => r.Cells[0].TextContent == stratum.Stratum!.Duplicates.Replace('-', '–'));
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{stratum.Hits} of {stratum.Trials}"), row.Cells[1].TextContent);
            Assert.EndsWith("%", row.Cells[2].TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Personal_data_is_masked_and_said_to_be()
    {
        string html = await Written.HtmlAsync(SampleReport.Create());
        Assert.DoesNotContain("halloran", html, StringComparison.Ordinal);
        Assert.Contains("mail, telephone; masked here", html, StringComparison.Ordinal);
        string revealed = System.Text.Encoding.UTF8.GetString(await Written.WriteAsync(new HtmlReportWriter(new ReportOptions(Reveal: true)), SampleReport.Create()));
        Assert.Contains("halloran", revealed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_page_speaks_of_rights_broken_or_of_leaks()
    {
        string text = (await ParseAsync(SampleReport.Create())).Body!.TextContent;
        foreach (string word in new[] { "infring", "plagiar", "leak", "stolen", "theft", "guilty" })
            Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Written_to_a_stream_the_findings_beyond_the_inline_ones_are_counted()
    {
        Finding finding = SampleFindings.All[0];
        AuditReport report = SampleReport.Create() with { Findings = [.. Enumerable.Repeat(finding, HtmlReportWriter.InlineFindings + 7)] };
        IHtmlDocument page = await ParseAsync(report);
        Assert.Equal(HtmlReportWriter.InlineFindings, page.QuerySelectorAll("details.finding").Length);
        Assert.Contains("7\u00A0further findings can be read in report.json", page.Body!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<IHtmlDocument> ParseAsync(AuditReport report) => new HtmlParser().ParseDocument(await Written.HtmlAsync(report));
}
