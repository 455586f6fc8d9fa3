using System.Net;
using Recite.Models.Http.Scoring;
using Recite.Targets;

namespace Recite.Models.Http;

/// <summary>What to do about a try that failed.</summary>
internal enum FailureKind
{
    /// <summary>It may succeed when sent again.</summary>
    Transient,

    /// <summary>It may succeed when sent again later; the server is busy.</summary>
    Throttled,

    /// <summary>It will fail again.</summary>
    Permanent,
}

/// <summary>A try that brought no completion.</summary>
/// <param name="Kind">What to do about it.</param>
/// <param name="Reason">What happened, to stand after "target: " in the sentence that the user reads; without a full stop.</param>
internal sealed record Failure(FailureKind Kind, string Reason)
{
    /// <summary>The status of the reply, where there was one.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the server said.</summary>
    public ServerError Said { get; init; } = new("", "");

    /// <summary>Whether nothing stands at the address at all: no name, no listener, no trusted certificate.</summary>
    public bool Unreachable { get; init; }
}

/// <summary>One exchange with a server: a completion or a failure, never both.</summary>
internal sealed record TryOutcome(Completion? Completion, string? Revision, Failure? Failure)
{
    /// <summary>The scores of the prompt, where they were asked for and came.</summary>
    public ScoredPrompt? Scored { get; init; }

    /// <summary>The exchange brought a completion.</summary>
    public static TryOutcome Of(Completion completion, string? revision) => new(completion, revision, null);

    /// <summary>The exchange failed.</summary>
    public static TryOutcome Of(Failure failure) => new(null, null, failure);
}

/// <summary>A reply that breaks off, is too large or is not in the agreed form; sending again may help.</summary>
internal sealed class ReplyException(string message, bool retry = true) : Exception(message)
{
    /// <summary>Whether the same request may bring a better reply.</summary>
    public bool Retry => retry;
}
