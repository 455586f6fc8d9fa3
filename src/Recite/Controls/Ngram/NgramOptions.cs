namespace Recite.Controls.Ngram;

/// <summary>How the out-of-fold n-gram model is made.</summary>
public sealed record NgramOptions
{
    /// <summary>Units of the longest n-gram, 1 to 5.</summary>
    public int Order { get; init; } = 5;

    /// <summary>UTF-8 bytes of text that are counted at most; of a larger corpus documents are drawn at random.</summary>
    public long MostBytes { get; init; } = 64L << 20;

    /// <summary>Bytes of one document that are counted at most, from its beginning.</summary>
    public int MostDocumentBytes { get; init; } = 8 << 20;

    /// <summary>Memory for sorting, in bytes; what does not fit goes to the system's temporary folder.</summary>
    public long MemoryBytes { get; init; } = 256L << 20;

    /// <summary>Random seed of the draw and of the folds.</summary>
    public ulong Seed { get; init; }
}
