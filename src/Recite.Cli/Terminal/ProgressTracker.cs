namespace Recite.Cli.Terminal;

/// <summary>Holds the newest reading and works out rate and remaining time. Readings may come from any thread.</summary>
internal sealed class ProgressTracker(string title, TimeProvider time) : IProgress<ProgressReading>
{
    private readonly Lock _lock = new();
    private readonly long _started = time.GetTimestamp();
    private ProgressReading? _newest;
    private long _phaseStarted;
    private long _phaseFirst;

    /// <summary>What is being done.</summary>
    public string Title { get; } = title;

    /// <summary>Time since the work began.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <inheritdoc/>
    public void Report(ProgressReading value)
    {
        lock (_lock)
        {
            // What an earlier session did, and what another phase counted, says nothing about the speed of this one.
            if (_newest is null || !string.Equals(_newest.Phase, value.Phase, StringComparison.Ordinal) || value.Done < _newest.Done)
            {
                _phaseStarted = time.GetTimestamp();
                _phaseFirst = value.Done;
            }

            _newest = value;
        }
    }

    /// <summary>Everything worth seeing now, the work's own figures included; empty before the first reading.</summary>
    public IReadOnlyList<ProgressFigure> Figures()
    {
        ProgressReading? reading;
        double rate;
        lock (_lock)
        {
            reading = _newest;
            rate = ((_newest?.Done ?? 0) - _phaseFirst) / Math.Max(time.GetElapsedTime(_phaseStarted).TotalSeconds, 1e-3);
        }

        if (reading is null)
            return [];

        var figures = new List<ProgressFigure>
        {
            new(reading.Phase.Length > 0 ? reading.Phase : "done", Amount(reading.Done, reading)),
            new("rate", reading.Unit is "bytes" ? $"{Wording.Bytes(rate)}/s" : $"{Wording.Count((long)rate)}/s"),
        };
        if (Remaining(reading, rate) is { } remaining)
            figures.Add(new ProgressFigure("ETA", Wording.Duration(remaining)));
        figures.AddRange(reading.Figures);
        return figures;
    }

    /// <summary>One line for a log.</summary>
    public string Line()
    {
        IReadOnlyList<ProgressFigure> figures = Figures();
        return figures.Count == 0
            ? $"{Title}: {Wording.Duration(Elapsed)}"
            : $"{Title}: {Named(figures[0])}{string.Concat(figures.Skip(1).Select(figure => $", {figure.Name} {figure.Value}"))}";
    }

    private static string Named(ProgressFigure first) => first.Name is "done" ? first.Value : $"{first.Name} {first.Value}";

    private static string Amount(long done, ProgressReading reading)
    {
        bool bytes = reading.Unit is "bytes";
        string noun = bytes ? "" : $" {reading.Unit}s";
        string amount = bytes ? Wording.Bytes(done) : Wording.Count(done);
        return reading.Total is { } total and > 0
            ? $"{amount} of {(bytes ? Wording.Bytes(total) : Wording.Count(total))}{noun} ({Wording.Percent((double)done / total)})"
            : amount + noun;
    }

    private static TimeSpan? Remaining(ProgressReading reading, double rate) =>
        reading.Total is { } total && total >= reading.Done && rate > 0
            ? TimeSpan.FromSeconds(Math.Min((total - reading.Done) / rate, TimeSpan.FromDays(99).TotalSeconds))
            : null;
}
