using System.CommandLine;
using System.Text.Json.Nodes;
using Recite.Cli.Terminal;
using Recite.Runs;

namespace Recite.Cli.Commands;

/// <summary><c>recite runs show</c>: what a run asked, how far it came and what it found.</summary>
internal sealed class RunsShowCommand : ReciteCommand
{
    private readonly Argument<string> _run;

    /// <summary>Creates the command.</summary>
    public RunsShowCommand()
        : base(
            "show",
            "Shows what a run asked, how far it came and what it found.",
            "recite runs show 20261123",
            "recite runs show 20261123 --json",
            "recite runs show 20261123 --config audits/recite.yaml") =>
        _run = With(RunsFolder.RunArgument());

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        RunStore store = RunsFolder.Open(context);
        using RunFile run = store.Open(context.Parsed.GetRequiredValue(_run), write: false);
        var listing = new RunListing(run.Header.Id, run.Header, run.Finished, run.PlannedCount, run.DoneCount, run.ErrorCount, null) { Scored = run.ScoredCount };
        if (context.Terminal.Json)
        {
            JsonObject json = RunJson.Of(listing);
            json.Insert(0, "schema", "recite.run/1");
            json["config"] = JsonNode.Parse(run.Header.Config);
            JsonOutput.Write(context.Terminal.Output, json);
            return Task.FromResult(ExitCodes.Ok);
        }

        PlainTable.Write(
            context.Terminal.Output,
            [
                ["run", listing.Id],
                ["state", RunJson.State(listing)],
                ["target", run.Header.Target],
                ["corpus", $"{run.Header.Corpus} ({run.Header.Manifest})"],
                ["started", RunJson.Time(run.Header.Started)],
                ["finished", run.Finished is { } finished ? RunJson.Time(finished) : "not yet"],
                ["attempts", $"{Wording.Count(listing.Done)} of {Wording.Count(listing.Planned)} done, {Wording.Count(listing.Errors)} of them errors"],
                ["scored", $"{Wording.Count(listing.Scored)} windows"],
                ["version", run.Header.Version],
            ]);
        string folder = store.FolderOf(listing.Id);
        if (StoredReport.Exists(folder))
            SummaryPrinter.Write(context.Terminal.Output, StoredReport.Read(folder, listing.Id));
        else
            context.Terminal.Say($"No report yet; 'recite audit --resume {listing.Id}' continues the run.");
        return Task.FromResult(ExitCodes.Ok);
    }
}
