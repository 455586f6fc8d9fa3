using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Recite.Reporting;
using Recite.Reports.Tests.Samples;

namespace Recite.Reports.Tests.Html;

public sealed class HtmlStructureTest
{
    public static TheoryData<string> Variants() => ["sample", "hostile", "empty", "no-controls", "stratum-controls", "many-strata"];

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task It_is_well_formed_and_every_id_is_its_own(string variant)
    {
        IHtmlDocument page = await ParseAsync(variant);
        string[] ids = [.. page.QuerySelectorAll("[id]").Select(e => e.Id!)];
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task It_loads_nothing_and_runs_nothing(string variant)
    {
        IHtmlDocument page = await ParseAsync(variant);
        Assert.Empty(page.QuerySelectorAll("script, link, iframe, object, embed, form, base, img, image, use, foreignObject, [src], [srcset], [xlink\\:href]"));
        Assert.DoesNotContain(page.All.SelectMany(e => e.Attributes), a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'",
            page.QuerySelector("meta[http-equiv=Content-Security-Policy]")!.GetAttribute("content"));
        string style = Assert.Single(page.QuerySelectorAll("style")).TextContent;
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", style, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Every_link_leads_to_a_place_in_the_page(string variant)
    {
        IHtmlDocument page = await ParseAsync(variant);
        foreach (IElement link in page.QuerySelectorAll("[href]"))
        {
            string href = link.GetAttribute("href")!;
            Assert.StartsWith("#", href, StringComparison.Ordinal);
            Assert.True(page.GetElementById(href[1..]) is not null, $"{href} leads nowhere");
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Headings_go_down_one_level_at_a_time_from_a_single_first_one(string variant)
    {
        IHtmlDocument page = await ParseAsync(variant);
        int[] levels = [.. page.QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(h => h.TagName[1] - '0')];
        Assert.Equal(1, levels[0]);
        Assert.Single(levels, l => l == 1);
        for (int i = 1; i < levels.Length; i++)
            Assert.True(levels[i] <= levels[i - 1] + 1, $"heading {i} jumps from {levels[i - 1]} to {levels[i]}");
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Tables_have_captions_scopes_and_rows_of_one_width(string variant)
    {
        IHtmlDocument page = await ParseAsync(variant);
        foreach (IHtmlTableElement table in page.QuerySelectorAll("table").Cast<IHtmlTableElement>())
        {
            Assert.False(string.IsNullOrWhiteSpace(table.Caption?.TextContent));
            Assert.All(table.QuerySelectorAll("th"), th => Assert.Contains(th.GetAttribute("scope"), new[] { "row", "col" }));
            int width = table.Rows[0].Cells.Length;
            Assert.All(table.Rows, row => Assert.Equal(width, row.Cells.Length));
        }
    }

    [Fact]
    public async Task It_has_a_language_landmarks_a_skip_link_and_names_for_drawings()
    {
        IHtmlDocument page = await ParseAsync("sample");
        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("#main", page.Body!.FirstElementChild!.GetAttribute("href"));
        foreach (string landmark in new[] { "header[role=banner]", "main", "nav[aria-label]", "footer[role=contentinfo]" })
            Assert.Single(page.QuerySelectorAll(landmark));
        Assert.All(page.QuerySelectorAll("svg"), svg => Assert.True(svg.HasAttribute("aria-hidden") || page.GetElementById(svg.GetAttribute("aria-labelledby")!.Split(' ')[0]) is not null));
        Assert.All(page.QuerySelectorAll("section"), s => Assert.NotNull(page.GetElementById(s.GetAttribute("aria-labelledby")!)));
    }

    [Fact]
    public async Task The_verdict_comes_first_and_the_other_parts_in_their_order()
    {
        IHtmlDocument page = await ParseAsync("sample");
        Assert.Equal(
            ["verdict", "gates", "figures", "rates", "controls", "estimates", "curves", "evidence", "attempts", "duplicates", "cost", "limits", "reproduce"],
            page.QuerySelectorAll("main > section").Select(s => s.Id));
    }

    [Fact]
    public async Task Both_panes_of_a_finding_mark_the_same_spans_with_the_same_numbers()
    {
        IHtmlDocument page = await ParseAsync("sample");
        foreach ((int i, IElement finding) in page.QuerySelectorAll("details.finding").Index())
        {
            IHtmlCollection<IElement> panes = finding.QuerySelectorAll(".pane");
            string[] output = [.. panes[0].QuerySelectorAll("mark").Select(m => m.TextContent)];
            Assert.NotEmpty(output);
            Assert.Equal(output, panes[1].QuerySelectorAll("mark").Select(m => m.TextContent));
            Assert.Equal($"finding-{i + 1}", finding.Id);
        }
    }

    private static async Task<IHtmlDocument> ParseAsync(string variant)
    {
        string html = await Written.HtmlAsync(Variant(variant));

        // Strict mode throws on the first thing that a browser would have to repair.
        return new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(html);
    }

    private static AuditReport Variant(string name)
    {
        AuditReport sample = SampleReport.Create();
        return name switch
        {
            "sample" => sample,
            "hostile" => Hostile.Report(),
            "empty" => sample with { Rates = [], Findings = [], Controls = [], ControlsNotRun = [], Curves = [], Estimates = [], Duplicates = [], Gates = [], Notes = [], Dispositions = new Dictionary<string, int>(StringComparer.Ordinal) },
            "no-controls" => sample with { Controls = [] },
            "stratum-controls" => sample with { Controls = [.. sample.Controls.Select(c => c with { Stratum = new Stratum("2-3") })] },
            "many-strata" => sample with { Rates = [.. Enumerable.Range(0, 200).Select(i => sample.Rates[3] with { Stratum = new Stratum($"{i}") })] },
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such variant"),
        };
    }
}
