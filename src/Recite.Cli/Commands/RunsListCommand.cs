using System.Text.Json.Nodes;
using Recite.Cli.Terminal;
using Recite.Runs;

namespace Recite.Cli.Commands;

/// <summary><c>recite runs ls</c>: every run, oldest first.</summary>
internal sealed class RunsListCommand() : ReciteCommand(
    "ls",
    "Lists the runs beside the configuration, oldest first.",
    "recite runs ls",
    "recite runs ls --json",
    "recite runs ls --config audits/recite.yaml")
{
    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        RunStore store = RunsFolder.Open(context);
        IReadOnlyList<RunListing> runs = store.List();
        if (context.Terminal.Json)
        {
            JsonOutput.Write(context.Terminal.Output, new JsonObject
            {
                ["schema"] = "recite.runs/1",
                ["folder"] = store.Folder,
                ["runs"] = new JsonArray([.. runs.Select(RunJson.Of)]),
            });
            return Task.FromResult(ExitCodes.Ok);
        }

        if (runs.Count == 0)
        {
            context.Terminal.Say($"There are no runs in {store.Folder}.");
            return Task.FromResult(ExitCodes.Ok);
        }

        PlainTable.Write(
            context.Terminal.Output,
            [
                ["RUN", "STATE", "TARGET", "CORPUS", "DONE", "ERRORS"],
                .. runs.Select(run => (string[])
                    [run.Id, RunJson.State(run), run.Header?.Target ?? "-", run.Header?.Corpus ?? "-", $"{run.Done}/{run.Planned}", $"{run.Errors}"]),
            ]);
        foreach (RunListing run in runs.Where(run => run.Problem is not null))
            context.Terminal.Say(run.Problem!);
        return Task.FromResult(ExitCodes.Ok);
    }
}
