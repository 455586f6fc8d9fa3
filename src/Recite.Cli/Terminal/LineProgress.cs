namespace Recite.Cli.Terminal;

/// <summary>Progress for logs: a line every ten seconds, and none for work that is shorter.</summary>
internal sealed class LineProgress : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);
    private readonly ITimer _timer;

    /// <summary>Begins to write lines.</summary>
    public LineProgress(ProgressTracker tracker, TextWriter writer, TimeProvider time) =>
        _timer = time.CreateTimer(_ => writer.WriteLine(TerminalText.Of(tracker.Line())), null, s_interval, s_interval);

    /// <summary>Stops, after a line that is being written.</summary>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();
}
