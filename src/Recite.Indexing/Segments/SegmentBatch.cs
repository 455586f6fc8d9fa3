namespace Recite.Indexing.Segments;

/// <summary>
/// Consecutive documents after normalization, sampling and compression: all that can be done without knowing where in the
/// segment they will stand. Positions count from the batch's first byte; the batch starts on a multiple of the stride.
/// </summary>
internal sealed class SegmentBatch
{
    public required IReadOnlyList<DocumentRow> Documents { get; init; }

    /// <summary>The key of each document's text.</summary>
    public required IReadOnlyList<UInt128> Keys { get; init; }

    public required byte[] Names { get; init; }

    public required IReadOnlyList<BlockRow> Blocks { get; init; }

    public required byte[] StoredText { get; init; }

    public required long OriginalBytes { get; init; }

    /// <summary>Normalized bytes with gaps, padded to a multiple of the stride.</summary>
    public required long NormalizedBytes { get; init; }

    /// <summary>The normalized bytes themselves; empty unless the store is raw.</summary>
    public required ReadOnlyMemory<byte> Normalized { get; init; }

    /// <summary>One record per sampled k-gram, in order of slots.</summary>
    public required ulong[] Records { get; init; }
}
