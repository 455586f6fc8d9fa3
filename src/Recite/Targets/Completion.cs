namespace Recite.Targets;

/// <summary>How an attempt ended (M19 of the measurement document).</summary>
public enum Disposition
{
    /// <summary>The target stopped by itself.</summary>
    Completed,

    /// <summary>The target ran into the length limit (<c>finish_reason: length</c>).</summary>
    Truncated,

    /// <summary>The target declined in words or by a refusal field.</summary>
    Refused,

    /// <summary>A filter of the target's own cut the reply (<c>content_filter</c>, recitation signals): evidence, not refusal.</summary>
    Filtered,

    /// <summary>The reply held no text.</summary>
    Empty,

    /// <summary>No reply was had; <see cref="Completion.Error"/> says why.</summary>
    Error,
}

/// <summary>How to choose the next token. The defaults are greedy decoding.</summary>
public sealed record SamplingOptions
{
    /// <summary>0 is greedy.</summary>
    public double Temperature { get; init; }

    /// <summary>Keep only this many of the most probable tokens; 0 keeps all.</summary>
    public int TopK { get; init; }

    /// <summary>Keep the smallest set of most probable tokens with at least this mass; 1 keeps all.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Divides (positive) or multiplies (negative) logits of tokens already seen, after Keskar et al. 2019; 1 is none.</summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>Subtracted once from logits of tokens already generated.</summary>
    public double PresencePenalty { get; init; }

    /// <summary>Subtracted from logits of tokens already generated, once per occurrence.</summary>
    public double FrequencyPenalty { get; init; }
}

/// <summary>One prompt to be sent once.</summary>
public sealed record CompletionRequest
{
    /// <summary>Position in the caller's list; comes back in <see cref="Completion.RequestIndex"/>.</summary>
    public required int Index { get; init; }

    /// <summary>Stable name of the attempt; recorded outputs are looked up by it first.</summary>
    public required string AttemptId { get; init; }

    /// <summary>The prompt as text.</summary>
    public required string Prompt { get; init; }

    /// <summary>The same prompt as token ids, without the beginning-of-text token; used where the target takes tokens.</summary>
    public IReadOnlyList<int>? PromptTokens { get; init; }

    /// <summary>Most tokens to generate.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>How to choose tokens.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>Random seed of this attempt.</summary>
    public ulong Seed { get; init; }
}

/// <summary>What came back for one request.</summary>
public sealed record Completion
{
    /// <summary>The request's index.</summary>
    public required int RequestIndex { get; init; }

    /// <summary>How the attempt ended.</summary>
    public required Disposition Disposition { get; init; }

    /// <summary>The text, without the prompt; empty on error.</summary>
    public string Text { get; init; } = "";

    /// <summary>Generated token ids, where the target tells them.</summary>
    public IReadOnlyList<int>? Tokens { get; init; }

    /// <summary>Natural logarithms of the probability of each generated token, where the target tells them.</summary>
    public IReadOnlyList<double>? LogProbabilities { get; init; }

    /// <summary>Tokens of the prompt as counted by the target, where known.</summary>
    public int? PromptTokenCount { get; init; }

    /// <summary>Tokens of the completion as counted by the target, where known.</summary>
    public int? CompletionTokenCount { get; init; }

    /// <summary>What went wrong, in one sentence; <see langword="null"/> unless <see cref="Targets.Disposition.Error"/>.</summary>
    public string? Error { get; init; }

    /// <summary>The target's own word for how it ended (<c>stop</c>, <c>length</c>, ...), as received.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The server's id for this exchange, where it gave one.</summary>
    public string? RequestId { get; init; }
}
