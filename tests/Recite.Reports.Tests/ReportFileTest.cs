using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Recite.Evidence;
using Recite.Indexing;
using Recite.Reporting;
using Recite.Reports.Html;
using Recite.Reports.Json;
using Recite.Reports.Tests.Samples;
using Recite.Testing.Files;

namespace Recite.Reports.Tests;

public sealed class ReportFileTest
{
    [Theory]
    [InlineData("report.json", typeof(JsonReportWriter))]
    [InlineData("REPORT.HTML", typeof(HtmlReportWriter))]
    [InlineData("out.d/a.b.html", typeof(HtmlReportWriter))]
    public void The_extension_chooses_the_writer(string path, Type writer) => Assert.IsType(writer, ReportWriters.ForPath(path));

    [Theory]
    [InlineData("report.docx")]
    [InlineData("report")]
    [InlineData(".json")]
    [InlineData("html/report")]
    public void An_extension_that_is_not_built_is_refused_with_those_that_are(string path)
    {
        var error = Assert.Throws<ReciteException>(() => ReportWriters.ForPath(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(".html, .json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_report_is_readable_by_its_owner_alone_with_all_of_its_pages()
    {
        using var folder = new TemporaryFolder();
        AuditReport report = SampleReport.Create();
        report = report with { Findings = [.. Enumerable.Range(0, HtmlReportWriter.InlineFindings + 5).Select(i => report.Findings[0] with { Id = $"f-{i}" })] };
        await ReportFile.WritePrivateAsync(report, folder.At("report.html"), cancellationToken: TestContext.Current.CancellationToken);
        string[] files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories);
        Assert.True(files.Length > 1);
        Assert.All(files, file => Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), file));
    }

    [Fact]
    public async Task The_file_holds_what_the_writer_writes_and_nothing_else_is_left()
    {
        using var folder = new TemporaryFolder();
        AuditReport report = SampleReport.Create();
        await WriteAsync(report, folder.At("a/b/report.json"));
        Assert.Equal(await Written.JsonAsync(report), await File.ReadAllBytesAsync(folder.At("a/b/report.json"), TestContext.Current.CancellationToken));
        Assert.Equal(["a", "a/b", "a/b/report.json"], Entries(folder));
    }

    [Fact]
    public async Task When_writing_fails_the_old_report_stays_and_no_part_of_the_new_one()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(SampleReport.Create(), folder.At("report.json"));
        byte[] old = await File.ReadAllBytesAsync(folder.At("report.json"), TestContext.Current.CancellationToken);
        AuditReport broken = SampleReport.Create() with { Cost = new CostSummary(1, 1, double.NaN, 1) };
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(broken, folder.At("report.json")));
        Assert.Equal(old, await File.ReadAllBytesAsync(folder.At("report.json"), TestContext.Current.CancellationToken));
        Assert.Equal(["report.json"], Entries(folder));
    }

    [Fact]
    public async Task A_full_disk_is_one_sentence_and_leaves_the_old_report()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("report.html"), "old", TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<ReciteException>(() => ReportFile.WriteAsync(
            Many(HtmlReportWriter.InlineFindings + 1), folder.At("report.html"), new HtmlReportWriter(), path => new FullDisk(path), TestContext.Current.CancellationToken));
        Assert.Equal($"Cannot write the report '{folder.At("report.html")}': the disk is full; free some space or choose another place.", error.Message);
        Assert.Equal("old", await File.ReadAllTextAsync(folder.At("report.html"), TestContext.Current.CancellationToken));
        Assert.Equal(["report.html"], Entries(folder));
    }

    [Fact]
    public async Task A_directory_of_that_name_and_a_file_in_the_way_are_one_sentence_each()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("dir.json"));
        Assert.Contains("a directory has that name", (await FailAsync(folder.At("dir.json"))).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.At("file"), "", TestContext.Current.CancellationToken);
        string message = (await FailAsync(folder.At("file/report.json"))).Message;
        Assert.StartsWith($"Cannot write the report '{folder.At("file/report.json")}': ", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_one_sentence()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc, which nobody may write to, not even root");
        Assert.StartsWith("Cannot write the report '/proc/report.json': ", (await FailAsync("/proc/report.json")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_findings_become_a_bounded_page_and_pages_beside_it_that_hold_each_once()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(Many(10_000), folder.At("my report.html"));
        Assert.InRange(new FileInfo(folder.At("my report.html")).Length, 1, 10_000_000);

        var numbers = new List<string>();
        IHtmlDocument page = Parse(folder.At("my report.html"));
        numbers.AddRange(page.QuerySelectorAll("details.finding").Select(f => f.Id!));
        string[] links = [.. page.QuerySelectorAll("#evidence .pages a").Select(a => a.GetAttribute("href")!)];
        Assert.Equal(19, links.Length);
        Assert.Equal("my%20report-evidence/evidence-0001.html", links[0]);
        foreach (string link in links)
        {
            string path = folder.At(Uri.UnescapeDataString(link));
            IHtmlDocument further = Parse(path);
            numbers.AddRange(further.QuerySelectorAll("details.finding").Select(f => f.Id!));
            foreach (string href in further.QuerySelectorAll("nav a").Select(a => Uri.UnescapeDataString(a.GetAttribute("href")!)))
                Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(path)!, href)), $"{href} leads nowhere");
        }

        Assert.Equal(Enumerable.Range(1, 10_000).Select(i => $"finding-{i}"), numbers);
    }

    [Fact]
    public async Task Pages_of_an_earlier_report_go_when_the_new_one_needs_none()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(Many(HtmlReportWriter.InlineFindings + 1), folder.At("report.html"));
        Assert.Equal(["report-evidence", "report-evidence/evidence-0001.html", "report.html"], Entries(folder));
        await WriteAsync(Many(2), folder.At("report.html"));
        Assert.Equal(["report.html"], Entries(folder));
    }

    [Fact]
    public async Task A_folder_that_holds_something_else_is_not_replaced()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("report-evidence"));
        await File.WriteAllTextAsync(folder.At("report-evidence/thesis.txt"), "mine", TestContext.Current.CancellationToken);
        Assert.Contains("thesis.txt", (await FailAsync(folder.At("report.html"))).Message, StringComparison.Ordinal);
        Assert.Equal(["report-evidence", "report-evidence/thesis.txt"], Entries(folder));
    }

    private static string[] Entries(TemporaryFolder folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).Select(e => Path.GetRelativePath(folder.Path, e)).Order(StringComparer.Ordinal)];

    private static AuditReport Many(int count)
    {
        Finding finding = SampleFindings.All[5];
        return SampleReport.Create() with { Findings = [.. Enumerable.Range(1, count).Select(i => finding with { Id = $"f-{i}" })] };
    }

    private static Task WriteAsync(AuditReport report, string path) => ReportFile.WriteAsync(report, path, cancellationToken: TestContext.Current.CancellationToken);

    private static Task<ReciteException> FailAsync(string path) => Assert.ThrowsAsync<ReciteException>(() => WriteAsync(SampleReport.Create(), path));

    private static IHtmlDocument Parse(string path) => new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(File.ReadAllText(path));

    /// <summary>A file that takes some bytes and then no more, as the operating system says it.</summary>
    private sealed class FullDisk(string path) : FileStream(path, FileMode.CreateNew)
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("No space left on device", hresult: 28);
    }
}
