using System.CommandLine;
using Recite.Cli.Settings;
using Recite.Runs;

namespace Recite.Cli.Commands;

/// <summary><c>recite runs export</c>: the outputs of a run, to be audited again without asking anybody.</summary>
internal sealed class RunsExportCommand : ReciteCommand
{
    private readonly Argument<string> _run;
    private readonly Setting<string> _format;
    private readonly Setting<string?> _output;

    /// <summary>Creates the command.</summary>
    public RunsExportCommand()
        : base(
            "export",
            "Writes the outputs of a run as JSON Lines that the target replay: reads.",
            "recite runs export 20261123 > outputs.jsonl",
            "recite runs export 20261123 --as replay -o outputs.jsonl",
            "recite runs export 20261123 -o outputs.jsonl && recite audit -t replay:outputs.jsonl -c corpus.rix")
    {
        _run = With(RunsFolder.RunArgument());
        _format = With(SettingFactory.Word("--as", "The format.", ["replay"], "replay"));
        _output = With(SettingFactory.Text("--output", "FILE", "Where to write it.", defaultText: "standard output", aliases: "-o"));
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        _ = context.Value(_format);
        RunStore store = RunsFolder.Open(context);
        string run = store.Resolve(context.Parsed.GetRequiredValue(_run));
        if (context.Value(_output) is not { } path)
        {
            store.ExportReplay(run, context.Terminal.Output);
            return Task.FromResult(ExitCodes.Ok);
        }

        using (var file = new StreamWriter(path) { NewLine = "\n" })
            store.ExportReplay(run, file);
        context.Terminal.Say($"Wrote the outputs of {run} to {path}.");
        return Task.FromResult(ExitCodes.Ok);
    }
}
