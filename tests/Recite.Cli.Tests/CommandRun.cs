using Recite.Cli.Terminal;

namespace Recite.Cli.Tests;

/// <summary>One command line, run inside the test with streams, variables and clock of its own.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static Task<CommandRun> OfAsync(params string[] arguments) => new CommandSetting().RunAsync(arguments);
}

/// <summary>What surrounds a command line.</summary>
internal sealed class CommandSetting
{
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public string WorkingDirectory { get; init; } = Path.GetTempPath();

    public bool InputIsTerminal { get; init; }

    public string Answers { get; init; } = "";

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public async Task<CommandRun> RunAsync(params string[] arguments)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var streams = new TerminalStreams
        {
            Output = output,
            Error = error,
            OpenInput = () => new MemoryStream(),
            OpenAnswers = () => new StringReader(Answers),
            InputIsTerminal = InputIsTerminal,
            ErrorIsTerminal = false,
        };
        var application = new Application(Composition.OfProcess(), streams, Time, Variables.GetValueOrDefault, WorkingDirectory);
        int exitCode = await application.RunAsync(arguments, TestContext.Current.CancellationToken);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }
}
