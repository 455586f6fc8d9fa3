namespace Recite.Models.Onnx;

/// <summary>How a local model is run.</summary>
public sealed record OnnxOptions
{
    /// <summary>Threads that ONNX Runtime may use, at most the machine's cores; <see langword="null"/> uses all. Equal results are promised for equal numbers.</summary>
    public int? Threads { get; init; }

    /// <summary>Requests that go through the model together; consecutive ones, so that results do not depend on timing.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Whether completions carry the log-probabilities of their tokens (temperature 1, nothing filtered); costs a few percent of the time.</summary>
    public bool LogProbabilities { get; init; }
}
