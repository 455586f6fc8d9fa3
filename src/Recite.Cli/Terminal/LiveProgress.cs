using Spectre.Console;

namespace Recite.Cli.Terminal;

/// <summary>Progress for a person: one small table, rewritten in place, gone when the work is done.</summary>
internal static class LiveProgress
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs the work under the table.</summary>
    public static async Task<T> RunAsync<T>(ProgressTracker tracker, TextWriter writer, TimeProvider time, bool noColor, Func<Task<T>> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            ColorSystem = noColor ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });

        return await console.Live(Render(tracker)).AutoClear(true).StartAsync(async live =>
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
        });
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
