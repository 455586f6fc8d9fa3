namespace Recite.Indexing.Postings;

/// <summary>A place of the corpus, or a list of them, whose k-gram has very likely the hash that was asked for.</summary>
/// <param name="At">Which of the hashes.</param>
/// <param name="Slot">Slot of the place; of a heavy list its number above the segment's slots.</param>
internal readonly record struct GramHit(int At, long Slot);

/// <summary>Hits of a block of lookups; room that is used again for the next.</summary>
/// <param name="mostHashes">Most hashes of one block.</param>
internal sealed class GramHits(int mostHashes = GramHits.MostHashes)
{
    /// <summary>Most hashes of one block: enough for the memory to answer many at a time, few enough to stay in the first-level cache.</summary>
    public const int MostHashes = 256;

    private GramHit[] _hits = new GramHit[mostHashes];

    /// <summary>The bucket of each lookup.</summary>
    internal int[] Buckets { get; } = new int[mostHashes];

    /// <summary>First entry of each lookup's bucket.</summary>
    internal long[] Firsts { get; } = new long[mostHashes];

    /// <summary>Entries of each lookup's bucket.</summary>
    internal int[] Counts { get; } = new int[mostHashes];

    public int Count { get; private set; }

    public Span<GramHit> Hits => _hits.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(GramHit hit)
    {
        if (Count == _hits.Length)
            Array.Resize(ref _hits, Count * 2);
        _hits[Count++] = hit;
    }

    /// <summary>Keeps the first hits only.</summary>
    public void Truncate(int count) => Count = count;
}
