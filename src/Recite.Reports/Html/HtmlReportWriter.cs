using System.Text;
using Recite.Evidence;
using Recite.Reporting;
using Recite.Reports.Components;
using Recite.Reports.Text;

namespace Recite.Reports.Html;

/// <summary>
/// Writes the report as one HTML file that loads nothing and runs nothing. Up to <see cref="InlineFindings"/> findings stand in it;
/// further ones go to pages in a folder beside it.
/// </summary>
public sealed class HtmlReportWriter(ReportOptions? options = null) : IReportFolderWriter
{
    /// <summary>Findings that stand in the report itself, and on each page beside it.</summary>
    public const int InlineFindings = 500;

    private readonly ReportOptions _options = options ?? new ReportOptions();

    /// <inheritdoc />
    public string Extension => ".html";

    /// <inheritdoc />
    public Task WriteAsync(AuditReport report, Stream output, CancellationToken cancellationToken) =>
        WriteReportAsync(PersonalDataMask.Apply(report, _options), [], output, cancellationToken);

    /// <inheritdoc />
    public async Task WriteAsync(AuditReport report, Stream output, ReportFolder folder, CancellationToken cancellationToken)
    {
        AuditReport shown = PersonalDataMask.Apply(report, _options);
        List<EvidencePageLink> pages = PlanPages(shown.Findings.Count, folder);
        for (int i = 0; i < pages.Count; i++)
            await WritePageAsync(shown, pages, i, folder, cancellationToken);
        await WriteReportAsync(shown, pages, output, cancellationToken);
    }

    private static List<EvidencePageLink> PlanPages(int findings, ReportFolder folder)
    {
        var pages = new List<EvidencePageLink>();
        for (int first = InlineFindings + 1; first <= findings; first += InlineFindings)
        {
            string href = Uri.EscapeDataString(folder.Name) + "/" + ReportFolder.PageName(pages.Count + 1);
            pages.Add(new EvidencePageLink(href, first, Math.Min(findings, first + InlineFindings - 1)));
        }

        return pages;
    }

    private async Task WriteReportAsync(AuditReport report, IReadOnlyList<EvidencePageLink> pages, Stream output, CancellationToken cancellationToken)
    {
        string html = await StaticRenderer.RenderAsync<ReportPage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(ReportPage.Report)] = report,
            [nameof(ReportPage.Inline)] = InlineFindings,
            [nameof(ReportPage.Pages)] = pages,
            [nameof(ReportPage.Masked)] = !_options.Reveal,
        });
        await WriteTextAsync(html, output, cancellationToken);
    }

    private async Task WritePageAsync(AuditReport report, List<EvidencePageLink> pages, int index, ReportFolder folder, CancellationToken cancellationToken)
    {
        EvidencePageLink page = pages[index];
        Finding[] findings = [.. report.Findings.Skip(page.First - 1).Take(page.Last - page.First + 1)];
        string html = await StaticRenderer.RenderAsync<EvidencePage>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(EvidencePage.Target)] = report.Target.Id,
            [nameof(EvidencePage.Findings)] = findings,
            [nameof(EvidencePage.First)] = page.First,
            [nameof(EvidencePage.ReportHref)] = "../" + Uri.EscapeDataString(folder.ReportName),
            [nameof(EvidencePage.Previous)] = index > 0 ? ReportFolder.PageName(index) : null,
            [nameof(EvidencePage.Next)] = index < pages.Count - 1 ? ReportFolder.PageName(index + 2) : null,
            [nameof(EvidencePage.Masked)] = !_options.Reveal,
        });
        await using Stream stream = folder.CreatePage(index + 1);
        await WriteTextAsync(html, stream, cancellationToken);
    }

    private static async Task WriteTextAsync(string html, Stream output, CancellationToken cancellationToken) =>
        await output.WriteAsync(Encoding.UTF8.GetBytes(html), cancellationToken);
}
