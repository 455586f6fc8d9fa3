using Spectre.Console;

namespace Recite.Cli.Terminal;

/// <summary>Progress for a person: one small table, rewritten in place, gone when the work is done.</summary>
internal static class LiveProgress
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs the work under the table.</summary>
    /// <param name="tracker">What is shown.</param>
    /// <param name="writer">The terminal.</param>
    /// <param name="time">The clock.</param>
    /// <param name="noColor">Whether colour is refused.</param>
    /// <param name="redirect">Takes the way to write a line above the table while it is there, then <see langword="null"/>.</param>
    /// <param name="work">The work.</param>
    public static async Task<T> RunAsync<T>(
        ProgressTracker tracker, TextWriter writer, TimeProvider time, bool noColor, Action<Action<string>?> redirect, Func<Task<T>> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            ColorSystem = noColor ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });

        redirect(line => console.Write(new Text(line + "\n")));
        try
        {
            return await console.Live(Render(tracker)).AutoClear(true).StartAsync(live => RefreshAsync(live, tracker, time, work));
        }
        finally
        {
            redirect(null);
        }
    }

    private static async Task<T> RefreshAsync<T>(LiveDisplayContext live, ProgressTracker tracker, TimeProvider time, Func<Task<T>> work)
    {
        Task<T> running = work();
        using var timer = new PeriodicTimer(s_interval, time);
        while (!running.IsCompleted)
        {
            Task<bool> tick = timer.WaitForNextTickAsync().AsTask();
            await Task.WhenAny(running, tick);
            live.UpdateTarget(Render(tracker));
            if (!running.IsCompleted)
                await tick;
        }

        return await running;
    }

    private static Table Render(ProgressTracker tracker)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(tracker.Title));
        IReadOnlyList<ProgressFigure> figures = tracker.Figures();
        if (figures.Count == 0)
            figures = [new ProgressFigure("elapsed", Wording.Duration(tracker.Elapsed))];
        foreach (ProgressFigure figure in figures)
            table.AddColumn(Markup.Escape(figure.Name));
        table.AddRow([.. figures.Select(figure => Markup.Escape(TerminalText.Of(figure.Value)))]);
        return table;
    }
}
