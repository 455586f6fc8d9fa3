using Recite.Models.Http;
using Recite.Targets;

namespace Recite.Models;

/// <summary>Which endpoint of an OpenAI-compatible server is asked.</summary>
public enum EndpointChoice
{
    /// <summary><c>/completions</c>, and where the server has none (404, 405) <c>/chat/completions</c>.</summary>
    Auto,

    /// <summary><c>/completions</c>: the prompt is continued as it stands.</summary>
    Completions,

    /// <summary><c>/chat/completions</c>: the prompt is one message of a user.</summary>
    Chat,
}

/// <summary>How a server is asked for the scores of a prompt.</summary>
public enum ScoringChoice
{
    /// <summary>Both ways are tried when the target connects to <c>/completions</c>, the richer one first; what works is kept.</summary>
    Auto,

    /// <summary>Not at all, and nothing is tried.</summary>
    None,

    /// <summary>vLLM's <c>prompt_logprobs</c>, which tells ranks.</summary>
    PromptLogProbabilities,

    /// <summary>OpenAI's older <c>echo</c> with <c>logprobs</c>.</summary>
    Echo,
}

/// <summary>How targets are made and asked. Nothing here is a secret: keys are read from the environment when a target connects.</summary>
public sealed record TargetSettings
{
    /// <summary>Which endpoint of an OpenAI-compatible server is asked.</summary>
    public EndpointChoice Endpoint { get; init; }

    /// <summary>Whether replies come token by token; a server that stalls is noticed sooner.</summary>
    public bool Streaming { get; init; }

    /// <summary>Whether OpenAI-compatible servers are asked for the log-probabilities of what they generate; dropped where they refuse.</summary>
    public bool LogProbabilities { get; init; } = true;

    /// <summary>How a server is asked for the scores of a prompt.</summary>
    public ScoringChoice Scoring { get; init; }

    /// <summary>Exchanges under way at once; <see langword="null"/> adapts to the server, between 1 and 64, beginning with 4. At most 1000.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>How often a request that failed for the moment is sent again.</summary>
    public int MaxRetries { get; init; } = 8;

    /// <summary>The wait before the first retry; it doubles from try to try, up to a minute.</summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long to wait for a server.</summary>
    public TimeLimits TimeLimits { get; init; } = new();

    /// <summary>Random seed of the waits between retries.</summary>
    public ulong Seed { get; init; }

    /// <summary>Reads an environment variable; <see langword="null"/> where it is not set.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The clock behind time limits and waits.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Makes the target of <c>onnx:DIR</c> from the directory.</summary>
    public Func<string, ITarget>? CreateOnnx { get; init; }
}
