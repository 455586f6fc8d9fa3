using System.CommandLine;
using Recite.Cli.Settings;
using Recite.Cli.Terminal;
using Recite.Runs;

namespace Recite.Cli.Commands;

/// <summary><c>recite runs rm</c>: removes runs with everything in their folders.</summary>
internal sealed class RunsRemoveCommand : ReciteCommand
{
    private readonly Argument<string[]> _runs;
    private readonly Setting<bool> _yes;

    /// <summary>Creates the command.</summary>
    public RunsRemoveCommand()
        : base(
            "rm",
            "Removes runs with everything in their folders.",
            "recite runs rm 20261123",
            "recite runs rm 20261123 20261124 --yes",
            "recite runs rm 20261123 --config audits/recite.yaml")
    {
        _runs = With(new Argument<string[]>("run") { HelpName = "RUN...", Description = "Ids, or beginnings of ids.", Arity = ArgumentArity.OneOrMore });
        _yes = With(SettingFactory.Flag("--yes", "Remove without asking."));
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        RunStore store = RunsFolder.Open(context);
        // All names are looked up before the first run goes.
        List<string> ids = [.. context.Values(_runs).Select(store.Resolve).Distinct(StringComparer.Ordinal)];
        string what = ids.Count == 1 ? $"The run {ids[0]}" : $"{Wording.Count(ids.Count)} runs ({string.Join(", ", ids)})";
        if (!context.Terminal.Confirm($"{what} would be removed for good.", context.Value(_yes)))
        {
            context.Terminal.Say("Nothing was removed.");
            return Task.FromResult(ExitCodes.Ok);
        }

        foreach (string id in ids)
        {
            cancellationToken.ThrowIfCancellationRequested();
            store.Delete(id);
            context.Terminal.Say($"Removed {id}.");
        }

        return Task.FromResult(ExitCodes.Ok);
    }
}
