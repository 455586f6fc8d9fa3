using System.Text;

namespace Recite.Cli.Terminal;

/// <summary>The process's three streams and what is known about them; tests put their own here.</summary>
internal sealed record TerminalStreams
{
    private const int BufferCharacters = 16 * 1024;

    /// <summary>Data goes here.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Messages and progress go here.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Opens standard input as bytes.</summary>
    public required Func<Stream> OpenInput { get; init; }

    /// <summary>Opens the reader of answers; only when there is a question, because it takes over the terminal.</summary>
    public required Func<TextReader> OpenAnswers { get; init; }

    /// <summary>Whether a person can be asked.</summary>
    public required bool InputIsTerminal { get; init; }

    /// <summary>Whether messages are read as they come, so that a line may be rewritten.</summary>
    public required bool ErrorIsTerminal { get; init; }

    /// <summary>The streams of this process, as UTF-8 without a byte order mark.</summary>
    public static TerminalStreams OfProcess()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new TerminalStreams
        {
            Output = new StreamWriter(Console.OpenStandardOutput(), utf8, BufferCharacters) { NewLine = "\n" },
            // Progress lines come from a timer's thread.
            Error = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardError(), utf8, 256) { AutoFlush = true, NewLine = "\n" }),
            OpenInput = Console.OpenStandardInput,
            OpenAnswers = () => Console.In,
            InputIsTerminal = !Console.IsInputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb",
        };
    }
}
