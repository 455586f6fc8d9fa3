using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Corpora;

/// <summary>How to build an index.</summary>
public sealed record CorpusBuildOptions
{
    /// <summary>The least that <see cref="MemoryBytes"/> may be: what the workers need, and room for postings.</summary>
    public const long LeastMemoryBytes = 112L << 20;

    private const long LargestSegment = 256L << 20;
    private const long SmallestSegment = 8L << 20;
    private const long WorkerBytes = 24L << 20;
    private const long FewestSegmentDocuments = 1 << 16;
    private const long MostSegmentDocuments = 1 << 20;

    /// <summary>Every common run of this many normalized bytes will be found; 30 or more.</summary>
    public int Guarantee { get; init; } = 64;

    /// <summary>Normalization profile: <c>text</c>, <c>code</c>, <c>code-renamed</c> or <c>exact</c>.</summary>
    public string Normalization { get; init; } = "text";

    /// <summary>How text is kept.</summary>
    public TextStore Store { get; init; } = TextStore.Zstd;

    /// <summary>
    /// Memory that the build plans with, in bytes. The default is the same on every machine, so that two machines cut the
    /// same corpus into the same segments.
    /// </summary>
    public long MemoryBytes { get; init; } = 1L << 30;

    /// <summary>Workers that normalize, hash and compress; the index does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Closes segments earlier than memory asks for, so that tests get many of them from little text.</summary>
    internal long? ForcedSegmentBytes { get; init; }

    /// <summary>
    /// Documents after which a segment is closed, since a copy has no bytes but a row; so the keys of one segment's texts fit in memory.
    /// </summary>
    internal long SegmentDocuments => Math.Clamp(MemoryBytes >> 10, FewestSegmentDocuments, MostSegmentDocuments);

    /// <summary>Texts whose keys are held in memory, fewer in tests than memory would allow.</summary>
    internal int? ForcedRecentTexts { get; init; }

    /// <summary>Original bytes after which a segment is closed: as large as its postings may be in memory.</summary>
    internal long SegmentBytes
    {
        get
        {
            if (ForcedSegmentBytes is { } forced)
                return forced;

            // A posting costs 8 bytes, as much again twice while sorting, and about 6 in the payload.
            const int BytesPerPosting = 30;
            long forPostings = MemoryBytes - (WorkerBytes * 4);
            return Math.Clamp(forPostings * SamplingPlan.For(Guarantee).Stride / BytesPerPosting, SmallestSegment, LargestSegment);
        }
    }

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
