namespace Recite.Lab;

/// <summary>Every number that decides what a model becomes; the card prints all of them.</summary>
internal sealed record Recipe
{
    public required ulong Seed { get; init; }

    public required int Layers { get; init; }

    public required int Width { get; init; }

    public required int Heads { get; init; }

    /// <summary>Width within SwiGLU: 8/3 of <see cref="Width"/>, rounded up to a multiple of 32, has the weights of a plain layer four times as wide.</summary>
    public int FeedForwardWidth { get; init; }

    public int ContextTokens { get; init; } = 256;

    /// <summary>Tokens of the vocabulary: 256 bytes, the merges, and the document separator.</summary>
    public required int VocabularyTokens { get; init; }

    public required int Epochs { get; init; }

    public int BatchContexts { get; init; } = 8;

    public required double LearningRate { get; init; }

    public double WeightDecay { get; init; } = 0.01;

    public int WarmupSteps { get; init; } = 40;

    public int Threads { get; init; } = 2;

    public bool MixedPrecision { get; init; }

    public int HeadWidth => Width / Heads;

    /// <summary>Added to the mean square in RMSNorm.</summary>
    public const double NormEpsilon = 1e-5;

    /// <summary>The model of `recite demo`: about two million parameters.</summary>
    public static Recipe Demo { get; } = new()
    {
        Seed = 20261123,
        Layers = 4,
        Width = 192,
        Heads = 6,
        FeedForwardWidth = 512,
        VocabularyTokens = 1280,
        Epochs = 4,
        MixedPrecision = true,
        LearningRate = 7e-4,
    };

    /// <summary>A quarter of the demo model on the same texts, for the bench.</summary>
    public static Recipe Small { get; } = new()
    {
        Seed = 1,
        Layers = 2,
        Width = 128,
        Heads = 4,
        FeedForwardWidth = 352,
        VocabularyTokens = 1280,
        Epochs = 4,
        MixedPrecision = true,
        Threads = 1,
        LearningRate = 1.2e-3,
    };

    /// <summary>Twice the small model, for the bench.</summary>
    public static Recipe Medium { get; } = Small with { Layers = 3, Width = 160, Heads = 5, FeedForwardWidth = 448, LearningRate = 1e-3 };

    /// <summary>Half a million parameters: trains in seconds, for the smoke test.</summary>
    public static Recipe Smoke { get; } = new()
    {
        Seed = 7,
        Layers = 2,
        Width = 128,
        Heads = 4,
        FeedForwardWidth = 352,
        VocabularyTokens = 512,
        ContextTokens = 128,
        BatchContexts = 8,
        Epochs = 8,
        LearningRate = 4e-3,
    };
}
