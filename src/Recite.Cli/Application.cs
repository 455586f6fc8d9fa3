using System.CommandLine;
using System.CommandLine.Invocation;
using Recite.Cli.Commands;
using Recite.Cli.Settings;
using Recite.Cli.Terminal;

namespace Recite.Cli;

/// <summary>From arguments to exit code: parse, settle the settings, run, and say every failure in one sentence.</summary>
internal sealed class Application(
    Composition rooms,
    TerminalStreams streams,
    TimeProvider time,
    Func<string, string?> environment,
    string workingDirectory)
{
    /// <summary>Runs one command line.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var terminal = new CommandTerminal(streams, time);
        ReciteCommand? command = null;
        try
        {
            CommandTree tree = CommandTree.Create();
            ParseResult parsed = tree.Root.Parse(arguments, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
            if (parsed.Action is not (null or ParseErrorAction))
                return await FlushedAsync(await parsed.InvokeAsync(OwnStreams(), cancellationToken));
            if (UsageError.Find(parsed) is { } error)
            {
                terminal.Fail(error);
                return ExitCodes.Usage;
            }

            command = (ReciteCommand)parsed.CommandResult.Command;
            CommandContext context = Settle(tree, command, parsed, terminal);
            return await FlushedAsync(await command.RunAsync(context, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Fail(command?.InterruptedSentence ?? "Interrupted.");
            return ExitCodes.Interrupted;
        }
        catch (Exception e) when (Failure.Of(e) is { } failure)
        {
            return failure.Report(terminal);
        }
    }

    private CommandContext Settle(CommandTree tree, ReciteCommand command, ParseResult parsed, CommandTerminal terminal)
    {
        // Which .env and which recite.yaml is itself a setting, of the levels that are known by then.
        EffectiveSettings first = new(parsed, new EnvironmentVariables(environment, EnvFile(tree, parsed), workingDirectory), ConfigFile.None);
        terminal.Configure(tree.Global, first);
        ConfigFile file = command.UsesConfigFile
            ? ConfigFile.Open(command.ConfigArgument(parsed) ?? first.Value(tree.Global.Config), first.Environment)
            : ConfigFile.None;
        var settings = new EffectiveSettings(parsed, first.Environment, file);
        return new CommandContext(parsed, tree.Global, settings, terminal, rooms, time, workingDirectory);
    }

    private string? EnvFile(CommandTree tree, ParseResult parsed) =>
        EffectiveSettings.OnCommandLine(parsed, tree.Global.EnvFile)?.Values[0]
        ?? (environment(tree.Global.EnvFile.Variable) is { Length: > 0 } path ? path : null);

    private InvocationConfiguration OwnStreams() => new()
    {
        Output = streams.Output,
        Error = streams.Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    // What cannot be written is an error of the command, so it must come to light before the exit code is decided.
    private async Task<int> FlushedAsync(int exitCode)
    {
        await streams.Output.FlushAsync(CancellationToken.None);
        return exitCode;
    }
}
