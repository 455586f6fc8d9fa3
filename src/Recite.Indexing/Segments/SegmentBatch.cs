using Recite.Indexing.Postings;

namespace Recite.Indexing.Segments;

/// <summary>
/// Consecutive documents after normalization, sampling and compression: all that can be done without knowing where in the
/// segment they will stand. Positions count from the batch's first byte; the batch starts on a multiple of the stride. The memory
/// is that of the <see cref="SegmentBatchBuilder"/> that made it and holds the next batch after this one.
/// </summary>
internal sealed class SegmentBatch
{
    /// <summary>Whose memory this is.</summary>
    public required SegmentBatchBuilder Builder { get; init; }

    public required IReadOnlyList<DocumentRow> Documents { get; init; }

    /// <summary>The key of each document's text.</summary>
    public required IReadOnlyList<UInt128> Keys { get; init; }

    public required ReadOnlyMemory<byte> Names { get; init; }

    public required IReadOnlyList<BlockRow> Blocks { get; init; }

    public required ReadOnlyMemory<byte> StoredText { get; init; }

    public required long OriginalBytes { get; init; }

    /// <summary>Normalized bytes with gaps, padded to a multiple of the stride.</summary>
    public required ReadOnlyMemory<byte> Normalized { get; init; }

    public long NormalizedBytes => Normalized.Length;

    /// <summary>The sampled k-grams.</summary>
    public required GramRecords Records { get; init; }
}
