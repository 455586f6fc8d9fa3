namespace Recite.Models.Http;

/// <summary>What a finished exchange says about the server's load.</summary>
internal enum LoadSignal
{
    /// <summary>It was served.</summary>
    Served,

    /// <summary>It failed in a way that says nothing about load.</summary>
    Failed,

    /// <summary>The server asked for less (429, 503, 529).</summary>
    Throttled,
}

/// <summary>The right to have one exchange under way, with the round it was given in.</summary>
internal readonly record struct ConcurrencyTicket(long Round);

/// <summary>
/// Decides how many exchanges may be under way: slow start, then additive increase and multiplicative decrease, as TCP does it
/// (Chiu and Jain 1989). A burst of refusals halves the limit once, not once per refusal. A pause asked for by the server holds
/// for every request. Safe for concurrent use.
/// </summary>
internal sealed class ConcurrencyController : IDisposable
{
    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource<ConcurrencyTicket>> waiting = new();
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private readonly int maximum;
    private readonly bool adaptive;
    private double limit;
    private bool slowStart = true;
    private int underWay;
    private long round;
    private long pausedSince;
    private TimeSpan pause;

    /// <summary>Adapts between one and <paramref name="maximum"/>, beginning with <paramref name="start"/>.</summary>
    public ConcurrencyController(int start, int maximum, TimeProvider time)
        : this(Math.Min(start, maximum), maximum, adaptive: true, time)
    {
    }

    private ConcurrencyController(double limit, int maximum, bool adaptive, TimeProvider time)
    {
        this.limit = limit;
        this.maximum = maximum;
        this.adaptive = adaptive;
        this.time = time;
        timer = time.CreateTimer(_ => Resume(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Most exchanges that can ever be under way at once.</summary>
    public int Maximum => maximum;

    /// <summary>How many may be under way now.</summary>
    public int Limit
    {
        get
        {
            lock (gate)
                return (int)limit;
        }
    }

    /// <summary>A controller that never adapts; it still holds the pauses that a server asks for.</summary>
    public static ConcurrencyController Pinned(int connections, TimeProvider time) =>
        new(connections, connections, adaptive: false, time);

    /// <summary>Waits for a place; give it back with <see cref="Release"/>.</summary>
    public async Task<ConcurrencyTicket> AcquireAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<ConcurrencyTicket> place = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Enqueue(place);
            Admit();
        }

        await using CancellationTokenRegistration registration =
            cancellationToken.Register(() => place.TrySetCanceled(cancellationToken));
        return await place.Task;
    }

    /// <summary>Gives a place back and learns from how it went.</summary>
    public void Release(ConcurrencyTicket ticket, LoadSignal signal, TimeSpan? askedPause)
    {
        lock (gate)
        {
            // A limit that was not reached has not been tested, so a success below it is no reason to raise it.
            bool tested = underWay >= (int)limit;
            underWay--;
            if (adaptive)
                Adapt(ticket, signal, tested);
            if (signal == LoadSignal.Throttled && askedPause is { } asked && asked > Remaining())
            {
                pausedSince = time.GetTimestamp();
                pause = asked;
            }

            Admit();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private void Adapt(ConcurrencyTicket ticket, LoadSignal signal, bool tested)
    {
        if (signal == LoadSignal.Served && tested)
        {
            limit = Math.Min(maximum, limit + (slowStart ? 1 : 1 / limit));
        }
        else if (signal == LoadSignal.Throttled && ticket.Round == round)
        {
            limit = Math.Max(1, limit / 2);
            slowStart = false;
            round++;
        }
    }

    private void Resume()
    {
        lock (gate)
            Admit();
    }

    private void Admit()
    {
        TimeSpan remaining = Remaining();
        if (remaining > TimeSpan.Zero)
        {
            // Timers count whole milliseconds and may fire early; rounding up keeps them from spinning.
            timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(remaining.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
            return;
        }

        while (underWay < (int)limit && waiting.TryDequeue(out TaskCompletionSource<ConcurrencyTicket>? place))
        {
            if (place.TrySetResult(new ConcurrencyTicket(round)))
                underWay++;
        }
    }

    private TimeSpan Remaining() =>
        pause == TimeSpan.Zero ? TimeSpan.Zero : pause - time.GetElapsedTime(pausedSince);
}
