namespace Recite.Models.Http;

/// <summary>The time limits of one exchange; its token fires when the first of them is reached or the caller gives up.</summary>
internal sealed class ExchangeClock : IDisposable
{
    // A timer cannot wait for longer; whoever sets more than this means forever.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(49);

    private readonly TimeLimits limits;
    private readonly CancellationTokenSource silence;
    private readonly CancellationTokenSource total;
    private readonly CancellationTokenSource either;
    private bool answered;

    /// <summary>Starts the clock.</summary>
    public ExchangeClock(TimeLimits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        this.limits = limits;
        silence = new CancellationTokenSource(Shorten(limits.FirstByte), time);
        total = new CancellationTokenSource(Shorten(limits.Total), time);
        either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token, total.Token);
    }

    /// <summary>Fires when the exchange must end.</summary>
    public CancellationToken Token => either.Token;

    /// <summary>Something came: from now on only the silence between two bytes counts.</summary>
    public void Hear()
    {
        answered = true;
        silence.CancelAfter(Shorten(limits.Idle));
    }

    /// <summary>Which limit was reached, as a clause.</summary>
    public string Describe()
    {
        if (!silence.IsCancellationRequested)
            return $"the reply was not complete after {limits.Total.TotalSeconds} s";
        return answered
            ? $"the reply stood still for {limits.Idle.TotalSeconds} s"
            : $"no reply came within {limits.FirstByte.TotalSeconds} s";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        either.Dispose();
        total.Dispose();
        silence.Dispose();
    }

    private static TimeSpan Shorten(TimeSpan limit) => limit < Longest ? limit : Longest;
}
