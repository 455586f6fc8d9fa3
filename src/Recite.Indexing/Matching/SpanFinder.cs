using Recite.Indexing.Postings;
using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;
using Recite.Indexing.Text;

namespace Recite.Indexing.Matching;

/// <summary>
/// Finds every maximal exact match of at least the guarantee between a query and one segment: look up the k-gram at every
/// position of the query, compare the candidates with the text, extend to both sides. Any common run of g bytes holds a
/// sampled k-gram, so none is missed; nothing is reported that was not compared, so none is false.
/// <para>A long match holds many sampled k-grams, s bytes apart. Only the first of them extends it: one that is equal for s bytes
/// before it has another sample there. So nothing needs to be remembered of the matches that were found.</para>
/// Worst case: both sides repeat one passage, and the matches themselves are quadratic; <see cref="StepBudget"/> bounds that.
/// </summary>
internal sealed class SpanFinder(SegmentReader segment, SamplingPlan sampling, StepBudget budget)
{
    private readonly GramHits _hits = new();

    /// <summary>Is told of every maximal match, with a place of it in the segment.</summary>
    public Action<long>? OnMatch { get; init; }

    /// <summary>Adds the spans of <paramref name="query"/> that match maximally somewhere in the segment.</summary>
    /// <param name="query">Normalized text.</param>
    /// <param name="hashes">The hashes of its k-grams.</param>
    /// <param name="spans">Takes the spans.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public void Find(ReadOnlySpan<byte> query, QueryGrams hashes, HashSet<TextSpan> spans, CancellationToken cancellationToken)
    {
        // Under the exact profile a query may hold the very byte that stands between documents; nothing matches across it.
        for (int start = 0; start < query.Length;)
        {
            int gap = query[start..].IndexOf(SegmentPlan.Gap);
            int end = gap < 0 ? query.Length : start + gap;
            FindIn(query[start..end], start, hashes, spans, cancellationToken);
            start = end + 1;
        }
    }

    private void FindIn(ReadOnlySpan<byte> piece, int offset, QueryGrams hashes, HashSet<TextSpan> spans, CancellationToken cancellationToken)
    {
        int positions = piece.Length - sampling.Gram + 1;
        for (int first = 0; first < positions; first += GramHits.MostHashes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(GramHits.MostHashes, positions - first);
            segment.Postings.LookUp(hashes.At(offset + first, count), _hits);
            foreach (ref GramHit hit in _hits.Hits)
                segment.Normalized.Prefetch(hit.Slot * sampling.Stride, 1, sampling.Gram);
            foreach (ref GramHit hit in _hits.Hits)
            {
                if (hit.Slot < segment.Postings.SlotCount)
                    Extend(piece, first + hit.At, hit.Slot * sampling.Stride, offset, spans);
                else
                    ExtendList(piece, first + hit.At, segment.Postings.Heavy[hit.Slot], offset, spans);
                if (budget.IsSpent)
                    return;
            }
        }
    }

    private void ExtendList(ReadOnlySpan<byte> piece, int position, HeavyList list, int offset, HashSet<TextSpan> spans)
    {
        var walk = new HeavyWalk(segment.Normalized, sampling, list);
        HeavyRange range = walk.FindMatches(piece, position);
        for (int i = 0; i < range.Count; i++)
        {
            if (!budget.TryStep())
                return;
            if (range.Rank(i) is >= 0 and int rank)
                Extend(piece, position, list.SlotAt(rank) * sampling.Stride, offset, spans);
        }
    }

    private void Extend(ReadOnlySpan<byte> piece, int position, long corpusPosition, int offset, HashSet<TextSpan> spans)
    {
        if (!budget.TryStep())
            return;
        int reach = Math.Min(position, sampling.Stride);
        int backward = segment.Normalized.CommonBackward(corpusPosition, piece.Slice(position - reach, reach));
        if (backward == sampling.Stride)
            return;
        int forward = segment.Normalized.CommonForward(corpusPosition, piece[position..]);
        if (forward < sampling.Gram || backward + forward < sampling.Guarantee || segment.Removed.IsDead(corpusPosition))
            return;
        budget.TakeCompared(forward);
        spans.Add(new TextSpan(offset + position - backward, offset + position + forward));
        OnMatch?.Invoke(corpusPosition);
    }
}
