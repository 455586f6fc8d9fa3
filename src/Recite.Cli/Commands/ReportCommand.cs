using System.CommandLine;
using Recite.Cli.Settings;
using Recite.Indexing;
using Recite.Reporting;
using Recite.Reports;
using Recite.Runs;

namespace Recite.Cli.Commands;

/// <summary><c>recite report</c>: writes a run's report again, in any format.</summary>
internal sealed class ReportCommand : ReciteCommand
{
    private readonly Argument<string> _run;
    private readonly Setting<IReadOnlyList<string>> _output;
    private readonly Setting<bool> _reveal;

    /// <summary>Creates the command.</summary>
    public ReportCommand()
        : base(
            "report",
            "Writes the report of a run again; the extension of each file decides its format.",
            "recite report 20261123 -o report.html",
            "recite report 20261123 -o report.html -o report.json",
            "recite report 20261123 -o report.html --reveal")
    {
        _run = With(RunsFolder.RunArgument());
        _output = With(SettingFactory.Texts("--output", "FILE", "A report; may be repeated.", key: null, "-o"));
        _reveal = With(SettingFactory.Flag("--reveal", "Show personal data instead of masking it."));
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> paths = context.Value(_output);
        if (paths.Count == 0)
            throw new ReciteException("'recite report' needs a file to write: add -o report.html or -o report.json.");

        var options = new ReportOptions(context.Value(_reveal));
        foreach (string path in paths)
            ReportWriters.ForPath(path, options);
        RunStore runs = RunsFolder.Open(context);
        string id = runs.Resolve(context.Parsed.GetRequiredValue(_run));
        AuditReport report = StoredReport.Read(runs.FolderOf(id), id);
        foreach (string path in paths)
        {
            await ReportFile.WriteAsync(report, path, options, cancellationToken);
            context.Terminal.Say($"Wrote {path}.");
        }

        return ExitCodes.Ok;
    }
}
