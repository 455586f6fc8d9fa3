using Recite.Cli.Settings;
using Recite.Indexing;

namespace Recite.Cli.Terminal;

/// <summary>What a command says and asks: data on one stream, everything else on the other.</summary>
internal sealed class CommandTerminal(TerminalStreams streams, TimeProvider time)
{
    // While a live table is on the terminal, lines must go above it.
    private volatile Action<string>? _aboveTable;

    /// <summary>Data goes here, and nothing else.</summary>
    public TextWriter Output => streams.Output;

    /// <summary>Whether only data and errors are wanted.</summary>
    public bool Quiet { get; private set; }

    /// <summary>Whether more is wanted.</summary>
    public bool Verbose { get; private set; }

    /// <summary>Whether data is wanted as JSON.</summary>
    public bool Json { get; private set; }

    /// <summary>Whether colour is refused.</summary>
    public bool NoColor { get; private set; }

    private bool NoProgress { get; set; }

    /// <summary>Takes what the global options say.</summary>
    public void Configure(GlobalSettings global, EffectiveSettings settings)
    {
        // Verbose first: if the next option is wrong, its error can already be explained at length.
        Verbose = settings.Value(global.Verbose);
        Quiet = settings.Value(global.Quiet);
        Json = settings.Value(global.Json);
        NoColor = settings.Value(global.NoColor) || settings.Environment.Find("NO_COLOR") is not null;
        NoProgress = settings.Value(global.NoProgress);
    }

    /// <summary>Standard input as bytes.</summary>
    public Stream OpenInput() => streams.OpenInput();

    /// <summary>A message for the person at the terminal.</summary>
    public void Say(string message)
    {
        if (!Quiet)
            WriteLine(TerminalText.Of(message));
    }

    /// <summary>A message for those who asked for more.</summary>
    public void Explain(string message)
    {
        if (Verbose)
            WriteLine(TerminalText.Of(message, keepLineBreaks: true));
    }

    /// <summary>An error; it is said whatever the options are.</summary>
    public void Fail(string sentence) => streams.Error.WriteLine("recite: " + TerminalText.Of(sentence));

    /// <summary>Asks before something is destroyed.</summary>
    /// <exception cref="ReciteException">Nobody is there to answer, and <c>--yes</c> was not given.</exception>
    public bool Confirm(string question, bool yes)
    {
        if (yes)
            return true;
        if (!streams.InputIsTerminal)
            throw new ReciteException($"{question} Nobody can be asked here, because standard input is not a terminal; add --yes to do it.");

        streams.Error.Write(TerminalText.Of(question) + " [y/N] ");
        string answer = streams.OpenAnswers().ReadLine()?.Trim() ?? "";
        return answer.Equals("y", StringComparison.OrdinalIgnoreCase) || answer.Equals("yes", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Shows the progress of work while it runs.</summary>
    public async Task<T> WithProgressAsync<T>(string title, Func<IProgress<ProgressReading>, Task<T>> work)
    {
        var tracker = new ProgressTracker(title, time);
        if (Quiet || NoProgress)
            return await work(tracker);
        if (streams.ErrorIsTerminal)
            return await LiveProgress.RunAsync(tracker, streams.Error, time, NoColor, write => _aboveTable = write, () => work(tracker));

        await using var lines = new LineProgress(tracker, streams.Error, time);
        return await work(tracker);
    }

    private void WriteLine(string line)
    {
        if (_aboveTable is { } write)
            write(line);
        else
            streams.Error.WriteLine(line);
    }
}
