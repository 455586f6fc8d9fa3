namespace Recite.Targets;

/// <summary>
/// The model or endpoint under audit. Implementations bound what comes back (size, time), never throw for a failed
/// attempt (that is a <see cref="Completion"/> with <see cref="Disposition.Error"/>) and are safe for one caller at a time.
/// </summary>
public interface ITarget : IAsyncDisposable
{
    /// <summary>The target's id as the user wrote it, for instance <c>onnx:models/demo</c>.</summary>
    string Id { get; }

    /// <summary>What this target can do; known after <see cref="ConnectAsync"/>.</summary>
    TargetCapabilities Capabilities { get; }

    /// <summary>The tokenizer, where one is known; <see langword="null"/> for most servers.</summary>
    ITokenizer? Tokenizer { get; }

    /// <summary>Loads the model or finds out which endpoint answers.</summary>
    /// <exception cref="Recite.Indexing.ReciteException">The target cannot be used at all: missing file, key or server.</exception>
    Task ConnectAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Asks for one completion per request and yields each as soon as it is there, in any order
    /// (<see cref="Completion.RequestIndex"/> says which). Concurrency, batching and retries are the target's own affair.
    /// </summary>
    IAsyncEnumerable<Completion> CompleteAsync(IReadOnlyList<CompletionRequest> requests, CancellationToken cancellationToken);

    /// <summary>
    /// Teacher-forced log-probabilities of <see cref="ScoreRequest.Suffix"/> after <see cref="ScoreRequest.Prefix"/>, one result
    /// per request, in any order (<see cref="SuffixScore.RequestIndex"/> says which). Only where <see cref="TargetCapabilities.Scoring"/> is set.
    /// </summary>
    IAsyncEnumerable<SuffixScore> ScoreAsync(IReadOnlyList<ScoreRequest> requests, CancellationToken cancellationToken);
}

/// <summary>What a target can do, and what of it must stand on the report.</summary>
/// <param name="Endpoint">How it is asked: <c>completions</c>, <c>chat</c>, <c>local</c> or <c>replay</c>.</param>
/// <param name="Revision">What the target says of its own version (digest of the weights, snapshot name), if anything.</param>
/// <param name="Scoring">Whether <see cref="ITarget.ScoreAsync"/> works.</param>
/// <param name="TokenPrompts">Whether prompts may be given as token ids.</param>
/// <param name="Deterministic">Whether the same request with the same seed gives the same completion.</param>
/// <param name="ContextTokens">Longest prompt plus completion in tokens, where known.</param>
public sealed record TargetCapabilities(
    string Endpoint,
    string? Revision,
    bool Scoring,
    bool TokenPrompts,
    bool Deterministic,
    int? ContextTokens)
{
    /// <summary>How scores are had: <c>local</c>, or the field that a server is asked by (<c>prompt_logprobs</c>, <c>echo</c>); <see langword="null"/> without scoring.</summary>
    public string? ScoringMethod { get; init; }
}
