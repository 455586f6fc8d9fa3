using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;
using Recite.Indexing.Text;

namespace Recite.Indexing.Matching;

/// <summary>
/// Finds every maximal exact match of at least the guarantee between a query and one segment: look up the k-gram at every
/// position of the query, compare the candidates with the text, extend to both sides. Any common run of g bytes holds a
/// sampled k-gram, so none is missed; nothing is reported that was not compared, so none is false.
/// Worst case: both sides repeat one passage, and the matches themselves are quadratic; <see cref="StepBudget"/> bounds that.
/// </summary>
internal sealed class SpanFinder(SegmentReader segment, SamplingPlan sampling, StepBudget budget)
{
    private const int PositionsBetweenChecks = 1 << 12;
    private const int DiagonalsBeforePruning = 1 << 20;

    // For each diagonal (corpus position minus query position) the end of the last match on it: positions before that end
    // belong to a match that is already known.
    private readonly Dictionary<long, int> _matchedTo = [];

    /// <summary>Is told of every maximal match, with a place of it in the segment.</summary>
    public Action<long>? OnMatch { get; init; }

    /// <summary>Adds the spans of <paramref name="query"/> that match maximally somewhere in the segment.</summary>
    public void Find(ReadOnlySpan<byte> query, HashSet<TextSpan> spans, CancellationToken cancellationToken)
    {
        for (int position = 0; position + sampling.Gram <= query.Length; position++)
        {
            if (position % PositionsBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Prune(position);
            }

            ulong hash = GramHash.Compute(query.Slice(position, sampling.Gram));
            (long first, long end) = segment.Postings.FindBucket(hash);
            for (long entry = first; entry < end; entry++)
            {
                long slot = segment.Postings.SlotIfSame(entry, hash);
                if (slot < 0)
                    continue;
                if (!budget.TryStep())
                    return;
                Extend(query, position, slot * sampling.Stride, spans);
            }
        }
    }

    private void Extend(ReadOnlySpan<byte> query, int position, long corpusPosition, HashSet<TextSpan> spans)
    {
        long diagonal = corpusPosition - position;
        if (_matchedTo.TryGetValue(diagonal, out int matchedTo) && position < matchedTo)
            return;

        // Under the exact profile a query may hold the very byte that stands between documents; nothing matches across it.
        int forward = segment.Normalized.CommonForward(corpusPosition, query[position..]);
        int gap = query.Slice(position, forward).IndexOf(SegmentPlan.Gap);
        forward = gap < 0 ? forward : gap;
        if (forward < sampling.Gram)
            return;

        int backward = segment.Normalized.CommonBackward(corpusPosition, query[..position]);
        backward -= query.Slice(position - backward, backward).LastIndexOf(SegmentPlan.Gap) + 1;
        _matchedTo[diagonal] = position + forward;
        if (backward + forward < sampling.Guarantee || segment.Removed.IsDead(corpusPosition))
            return;
        spans.Add(new TextSpan(position - backward, position + forward));
        OnMatch?.Invoke(corpusPosition);
    }

    private void Prune(int position)
    {
        if (_matchedTo.Count < DiagonalsBeforePruning)
            return;
        foreach ((long diagonal, int end) in _matchedTo)
        {
            if (end <= position)
                _matchedTo.Remove(diagonal);
        }
    }
}
