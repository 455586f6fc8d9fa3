using Microsoft.Data.Sqlite;
using Recite.Cli.Terminal;
using Recite.Indexing;

namespace Recite.Cli;

/// <summary>What a failed command says and returns.</summary>
/// <param name="Sentence">The one sentence; <see langword="null"/> when nobody listens any more.</param>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Cause">What happened.</param>
internal sealed record Failure(string? Sentence, int ExitCode, Exception Cause)
{
    private const int BrokenPipe = 32;

    /// <summary>Sorts an exception: the world's fault (2), the reader has gone (0), or ours (1).</summary>
    public static Failure Of(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Of(only),
        ReciteException => new Failure(exception.Message, ExitCodes.Usage, exception),
        IOException { HResult: BrokenPipe } => new Failure(null, ExitCodes.Ok, exception),
        IOException or UnauthorizedAccessException => new Failure($"A file could not be read or written: {OneLine(exception)}", ExitCodes.Usage, exception),
        SqliteException sqlite => new Failure($"The run file could not be read or written: {OneLine(sqlite)}", ExitCodes.Usage, exception),
        _ => new Failure(
            $"An internal error: {exception.GetType().Name}: {OneLine(exception)} This is a defect of Recite; run again with -v to see where it happened.",
            ExitCodes.InternalError,
            exception),
    };

    /// <summary>Says the sentence, with the place for those who asked for more, and returns the exit code.</summary>
    public int Report(CommandTerminal terminal)
    {
        if (Sentence is not null)
            terminal.Fail(Sentence);
        terminal.Explain(Cause.ToString());
        return ExitCode;
    }

    private static string OneLine(Exception exception)
    {
        string line = exception.Message.ReplaceLineEndings(" ").Trim();
        return line.EndsWith('.') ? line : line + ".";
    }
}
