namespace Recite.Models.Http;

/// <summary>How long to wait for a server before a try counts as failed.</summary>
public sealed record TimeLimits
{
    /// <summary>For the connection to stand.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>From the request to the first byte of the reply; without streaming this covers the whole generation.</summary>
    public TimeSpan FirstByte { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Between two bytes of the reply.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>For the whole exchange, connection included.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromMinutes(10);
}
