namespace Recite.TestServer.Faults;

/// <summary>What goes wrong with a reply.</summary>
internal enum FaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>429 with Retry-After, in seconds or as a date.</summary>
    RateLimit,

    /// <summary>503, or Anthropic's 529.</summary>
    Overloaded,

    /// <summary>500.</summary>
    Error,

    /// <summary>The connection is cut before the first byte.</summary>
    Refuse,

    /// <summary>Half of the reply, ended as if it were whole.</summary>
    Truncate,

    /// <summary>Half of the reply, then the connection is cut.</summary>
    Drop,

    /// <summary>The whole reply, three bytes at a time; characters come in halves.</summary>
    Slow,

    /// <summary>Half of the reply, then silence.</summary>
    Stall,

    /// <summary>Silence.</summary>
    Hang,
}
