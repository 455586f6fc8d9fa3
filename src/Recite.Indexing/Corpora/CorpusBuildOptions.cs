using Recite.Indexing.Segments;

namespace Recite.Indexing.Corpora;

/// <summary>How to build an index.</summary>
public sealed record CorpusBuildOptions
{
    /// <summary>The least that <see cref="MemoryBytes"/> may be: what the workers need, and room for postings.</summary>
    public const long LeastMemoryBytes = 256L << 20;

    // The more a segment holds, the fewer there are to ask; the postings of this much are sorted in seconds.
    private const long SegmentTextBytes = 1L << 30;
    private const long BatchMemoryBytes = 16L << 20;

    // The runtime, its code and what the collector has not collected yet.
    private const long RuntimeMemoryBytes = 128L << 20;

    /// <summary>Every common run of this many normalized bytes will be found; 30 or more.</summary>
    public int Guarantee { get; init; } = 64;

    /// <summary>Normalization profile: <c>text</c>, <c>code</c>, <c>code-renamed</c> or <c>exact</c>.</summary>
    public string Normalization { get; init; } = "text";

    /// <summary>How text is kept.</summary>
    public TextStore Store { get; init; } = TextStore.Zstd;

    /// <summary>Memory that the build plans with, in bytes; by default a quarter of what the machine has. The index does not depend on it.</summary>
    public long MemoryBytes { get; init; } = Math.Max(LeastMemoryBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);

    /// <summary>Workers that normalize, hash and compress; the index does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Closes segments earlier than memory asks for, so that tests get many of them from little text.</summary>
    internal long? ForcedSegmentBytes { get; init; }

    /// <summary>Original or normalized bytes after which a segment is closed. Part of the format: two machines cut alike.</summary>
    internal long SegmentBytes => ForcedSegmentBytes ?? SegmentTextBytes;

    /// <summary>Batches that may be in memory at once, being made or waiting to be written: at most a quarter of it.</summary>
    internal int BatchesInMemory => (int)Math.Clamp(MemoryBytes / 4 / BatchMemoryBytes, 2, (2L * Math.Max(1, Threads)) + 1);

    /// <summary>Workers, no more than there are batches for.</summary>
    internal int Workers => Math.Clamp(Threads, 1, BatchesInMemory);

    /// <summary>Memory for k-grams that wait to be sorted: half of what the batches leave.</summary>
    internal long RecordBytes => (MemoryBytes - RuntimeMemoryBytes - (BatchesInMemory * BatchMemoryBytes)) / 2;

    /// <summary>Memory for the text around k-grams that are being sorted: the other half.</summary>
    internal long MappedBytes => RecordBytes;

    /// <summary>
    /// Documents after which a segment is closed, since a copy has no bytes but a row; so the keys of one segment's texts fit in memory.
    /// </summary>
    internal const long SegmentDocuments = 1 << 20;

    /// <summary>Texts whose keys are held in memory, fewer in tests than memory would allow.</summary>
    internal int? ForcedRecentTexts { get; init; }

    /// <summary>Refuses memory that no build can live on.</summary>
    internal void RequireMemory()
    {
        if (MemoryBytes < LeastMemoryBytes)
            throw new ReciteException($"An index cannot be built in {MemoryBytes} bytes of memory; give it at least {LeastMemoryBytes >> 20}M.");
    }
}

/// <summary>How far a build is.</summary>
/// <param name="Documents">Documents indexed so far.</param>
/// <param name="Bytes">UTF-8 bytes of their text.</param>
public readonly record struct BuildProgress(long Documents, long Bytes);
