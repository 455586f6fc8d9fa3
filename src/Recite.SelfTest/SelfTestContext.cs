using Recite.Config;
using Recite.Indexing.Corpora;
using Recite.Targets;

namespace Recite.SelfTest;

/// <summary>The ground truth that rows measure on: the bundled model and the corpus it was trained on, opened once for all rows.</summary>
public sealed record SelfTestContext
{
    /// <summary>The bundled model, connected.</summary>
    public required ITarget Target { get; init; }

    /// <summary>The directory of the bundled model: <c>extraction.json</c> of the independent decoder lies there.</summary>
    public required string ModelDirectory { get; init; }

    /// <summary>Index of the bundled corpus, canaries included.</summary>
    public required CorpusIndex Corpus { get; init; }

    /// <summary>The documents that the index was made of, as they were read: what the index says can be held against them.</summary>
    public required IReadOnlyList<Document> CorpusDocuments { get; init; }

    /// <summary>Documents of the same kind that the model never saw, without the control that was planted on purpose.</summary>
    public required IReadOnlyList<Document> NeverTrained { get; init; }

    /// <summary>Planted canaries and those that were never planted.</summary>
    public required CanaryList Canaries { get; init; }

    /// <summary>A folder that rows may write to; it is removed afterwards.</summary>
    public required string Scratch { get; init; }

    /// <summary>Seed of everything that rows draw.</summary>
    public ulong Seed { get; init; } = 20261123;
}
