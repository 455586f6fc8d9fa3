using System.Text;
using Recite.Cli.Terminal;
using Recite.Reporting;
using Recite.Reports;
using Recite.Reports.Json;
using Recite.Runs;

namespace Recite.Cli.Commands;

/// <summary>Writes what an audit found: the run's own report.json and report.html, the reports asked for, and the summary.</summary>
internal sealed class AuditOutputs
{
    private readonly CommandContext _context;
    private readonly RunStore _runs;
    private readonly IReadOnlyList<string> _paths;
    private readonly ReportOptions _options;
    private int _written;

    /// <summary>Checks the names of the reports asked for, so that a wrong one is known before anything is asked.</summary>
    public AuditOutputs(CommandContext context, RunStore runs, IReadOnlyList<string> paths, ReportOptions options)
    {
        _context = context;
        _runs = runs;
        _paths = paths;
        _options = options;
        foreach (string path in paths)
            ReportWriters.ForPath(path, options);
    }

    /// <summary>Writes the files; where several targets are audited, the second report asked for is called <c>report-2.html</c> and so on.</summary>
    public async Task SaveAsync(AuditReport report, int targets, CancellationToken cancellationToken)
    {
        _written++;
        await ReportFile.WritePrivateAsync(report, StoredReport.PathIn(_runs.FolderOf(report.Run.Id)), _options with { Reveal = true }, cancellationToken);
        await ReportFile.WritePrivateAsync(report, HtmlOf(report), _options, cancellationToken);
        foreach (string path in _paths)
            await ReportFile.WriteAsync(report, Numbered(path, targets), _options, cancellationToken);
    }

    /// <summary>Prints the summary, or the whole report as JSON, and where the files are that <see cref="SaveAsync"/> wrote.</summary>
    public async Task PrintAsync(AuditReport report, int targets, CancellationToken cancellationToken)
    {
        if (_context.Terminal.Json)
        {
            _context.Terminal.Output.Write(await JsonTextAsync(report, cancellationToken));
            return;
        }

        SummaryPrinter.Write(_context.Terminal.Output, report);
        foreach (string path in _paths.Count > 0 ? _paths.Select(path => Numbered(path, targets)) : [HtmlOf(report)])
            _context.Terminal.Output.WriteLine($"Report: {TerminalText.Of(path)}");
    }

    private string HtmlOf(AuditReport report) => Path.Combine(_runs.FolderOf(report.Run.Id), "report.html");

    private async Task<string> JsonTextAsync(AuditReport report, CancellationToken cancellationToken)
    {
        using var json = new MemoryStream();
        await new JsonReportWriter(_options).WriteAsync(report, json, cancellationToken);
        return Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length);
    }

    private string Numbered(string path, int targets) => targets == 1
        ? path
        : Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}-{_written}{Path.GetExtension(path)}");
}
