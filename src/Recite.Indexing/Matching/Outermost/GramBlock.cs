using Recite.Indexing.Postings;
using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Matching.Outermost;

/// <summary>What the postings have for some neighbouring positions of a query, looked up together.</summary>
internal sealed class GramBlock(SegmentReader segment, SamplingPlan sampling)
{
    // Enough for the memory to answer many at a time; a span that is found may make the rest superfluous.
    private const int Positions = 64;

    private readonly GramHits _hits = new(Positions);
    private int[] _numbers = new int[Positions];
    private int _first;
    private int _end;

    /// <summary>The heavy lists among the hits.</summary>
    public ListSearches Lists { get; } = new(segment.Normalized, sampling);

    /// <summary>All hits, by position; each <see cref="GramHit.At"/> counts from the block's first.</summary>
    public ReadOnlySpan<GramHit> Hits => _hits.Hits;

    /// <summary>Forgets what was looked up, for another query.</summary>
    public void Clear() => _first = _end = 0;

    /// <summary>The position in the query of a hit.</summary>
    public int PositionOf(int hit) => _first + _hits.Hits[hit].At;

    /// <summary>The number among <see cref="Lists"/> of a hit that names a heavy list; -1 where the hit is a place.</summary>
    public int ListOf(int hit) => _numbers[hit];

    /// <summary>The first hit at or behind a position; of the next blocks when this one has none.</summary>
    /// <param name="query">The query.</param>
    /// <param name="position">Where to begin.</param>
    /// <param name="end">Where to end: hits from there on may be given, or not.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Its number among <see cref="Hits"/>; -1 if there is none before the end.</returns>
    public int FindHit(ReadOnlySpan<byte> query, int position, int end, CancellationToken cancellationToken)
    {
        while (position < end)
        {
            if (position < _first || position >= _end)
            {
                cancellationToken.ThrowIfCancellationRequested();
                LookUp(query, position);
            }

            int hit = CountBefore(position);
            if (hit < _hits.Count)
                return hit;
            position = _end;
        }

        return -1;
    }

    private int CountBefore(int position)
    {
        ReadOnlySpan<GramHit> hits = _hits.Hits;
        int low = 0, high = hits.Length;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (hits[middle].At < position - _first)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void LookUp(ReadOnlySpan<byte> query, int first)
    {
        int count = Math.Min(Positions, query.Length - sampling.Gram + 1 - first);
        Span<ulong> hashes = stackalloc ulong[Positions];
        hashes = hashes[..count];
        GramHash.ComputeEach(query[first..], sampling.Gram, hashes);
        segment.Postings.LookUp(hashes, _hits);
        (_first, _end) = (first, first + count);
        Lists.Clear();
        if (_numbers.Length < _hits.Count)
            _numbers = new int[_hits.Count * 2];
        ReadOnlySpan<GramHit> hits = _hits.Hits;
        for (int hit = 0; hit < hits.Length; hit++)
            _numbers[hit] = hits[hit].Slot < segment.Postings.SlotCount ? -1 : Lists.Add(segment.Postings.Heavy[hits[hit].Slot], first + hits[hit].At);
    }
}
