using Recite.Indexing.Postings;
using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;
using Recite.Indexing.Text;

namespace Recite.Indexing.Matching.Outermost;

/// <summary>
/// Finds the matches of at least g bytes between a query and one segment that lie in no other match, without looking at those that do.
/// <para>One after the other, by start. Say every match that ends at or before a byte E is known, or lies in a known one. A match that
/// ends behind E holds a sampled k-gram at one of the positions from E + 1 - g on, since it holds the g bytes up to its own end or up to
/// E + 1; so everything before is passed over. From there the positions are looked up until one has matches. The one of these that
/// begins first is outermost unless a match begins before it, and such a match has a sample less than s positions behind that start, or
/// less than s behind the first position that was looked up. Nothing that ends behind E begins before the span found last.</para>
/// <para>So the work is that of looking up the positions no match covers and about g + s for each span, however long the spans are and
/// however often they stand in the segment.</para>
/// </summary>
internal sealed class OutermostFinder
{
    private const int PrefetchDistance = 12;

    private readonly SegmentReader _segment;
    private readonly SamplingPlan _sampling;
    private readonly GramBlock _block;

    // The first position that may hold the sample of a match not known; such a match ends behind _end and begins at or behind _least.
    private int _first;
    private int _end;
    private int _least;
    private TextSpan _best;

    public OutermostFinder(SegmentReader segment, SamplingPlan sampling) =>
        (_segment, _sampling, _block) = (segment, sampling, new GramBlock(segment, sampling));

    /// <summary>Adds the outermost spans of <paramref name="query"/> in the segment to those of other segments.</summary>
    /// <param name="query">Normalized text.</param>
    /// <param name="spans">Spans that are known already are not looked for again.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public void Find(ReadOnlySpan<byte> query, OutermostSpans spans, CancellationToken cancellationToken)
    {
        // Under the exact profile a query may hold the very byte that stands between documents; nothing matches across it.
        for (int start = 0; start < query.Length;)
        {
            int gap = query[start..].IndexOf(SegmentPlan.Gap);
            int end = gap < 0 ? query.Length : start + gap;
            FindIn(query[start..end], start, spans, cancellationToken);
            start = end + 1;
        }
    }

    private void FindIn(ReadOnlySpan<byte> piece, int offset, OutermostSpans spans, CancellationToken cancellationToken)
    {
        _block.Clear();
        (_first, _end, _least) = (0, 0, 0);
        int positions = piece.Length - _sampling.Gram + 1;
        for (int position = 0; (position = Skip(position, offset, spans)) < positions;)
        {
            int hit = _block.FindHit(piece, position, positions, cancellationToken);
            if (hit < 0 || _end == piece.Length)
                return;
            int found = _block.PositionOf(hit);
            if (found > position && (position = Skip(found, offset, spans)) > found)
                continue;

            _best = default;
            Improve(piece, hit);
            if (_best.IsEmpty)
            {
                position++;
                continue;
            }

            LookBefore(piece, position, positions, cancellationToken);
            spans.Add(new TextSpan(offset + _best.Start, offset + _best.End));
            _least = _best.Start;
        }
    }

    // Where to go on from a position: behind what lies in a known span.
    private int Skip(int position, int offset, OutermostSpans spans)
    {
        // Whatever is not known begins here or later, so what ends inside a span from there is inside it.
        int start = IsFollowedUp(position) ? Math.Max(_least, position - _sampling.Stride + 1) : _least;
        int end = spans.EndOfThoseFrom(offset + start) - offset;
        if (end <= _end)
            return position;
        (_end, _least) = (end, start);
        int next = end + 1 - _sampling.Guarantee;
        if (next > position)
            _first = position = next;
        return position;
    }

    // Does a match with a later sample begin before the best one?
    private void LookBefore(ReadOnlySpan<byte> piece, int position, int positions, CancellationToken cancellationToken)
    {
        while (_best.Start > _least)
        {
            int end = Math.Min(positions, Math.Max(_first, _best.Start) + _sampling.Stride);
            int hit = _block.FindHit(piece, position + 1, end, cancellationToken);
            if (hit < 0 || (position = _block.PositionOf(hit)) >= end)
                return;
            Improve(piece, hit);
        }
    }

    // Whether a match that has a sample s bytes before was met there.
    private bool IsFollowedUp(int position) => position - _sampling.Stride >= _first;

    // Looks at all hits of the position of this first one.
    private void Improve(ReadOnlySpan<byte> piece, int first)
    {
        ReadOnlySpan<GramHit> hits = _block.Hits;
        int position = _block.PositionOf(first);
        for (int i = first; i < hits.Length && hits[i].At == hits[first].At; i++)
        {
            if (i + PrefetchDistance < hits.Length && _block.ListOf(i + PrefetchDistance) < 0)
                _segment.Normalized.Prefetch(hits[i + PrefetchDistance].Slot * _sampling.Stride, 1, _sampling.Gram);
            if (_block.ListOf(i) is >= 0 and int list)
                ImproveFromList(piece, position, list);
            else
                Compare(piece, position, hits[i].Slot * _sampling.Stride);
        }
    }

    private int ReachBefore(int position) => Math.Min(position - _least, IsFollowedUp(position) ? _sampling.Stride : int.MaxValue);

    private void Compare(ReadOnlySpan<byte> piece, int position, long place)
    {
        int forward = _segment.Normalized.CommonForward(place, piece[position..]);
        if (forward < _sampling.Gram || position + forward <= _end)
            return;
        int reach = ReachBefore(position);
        int backward = _segment.Normalized.CommonBackward(place, piece.Slice(position - reach, reach));
        if (backward + forward < _sampling.Guarantee || (backward == _sampling.Stride && IsFollowedUp(position)) || _segment.Removed.IsDead(place))
            return;
        var span = new TextSpan(position - backward, position + forward);
        if (_best.IsEmpty || span.Start < _best.Start || (span.Start == _best.Start && span.End > _best.End))
            _best = span;
    }

    private void ImproveFromList(ReadOnlySpan<byte> piece, int position, int number)
    {
        int reach = ReachBefore(position);
        int leastBackward = _best.IsEmpty ? 0 : position - _best.Start + 1;
        int leastForward = Math.Max(_sampling.Gram, _end + 1 - position);
        if (leastBackward > reach || (leastBackward > 0 && _block.Lists.Backward(piece, number) < Math.Min(leastBackward, _sampling.Stride)))
            return;

        // Both orders give the most that any place has in common with the query, and most lists are left after that.
        int forward = _block.Lists.Forward(piece, number);
        leastBackward = Math.Max(leastBackward, _sampling.Guarantee - forward);
        if (forward < leastForward || leastBackward > reach)
            return;
        int backward = _block.Lists.Backward(piece, number);
        bool isExact = backward < _sampling.Stride;
        int most = isExact ? Math.Min(backward, reach) : IsFollowedUp(position) ? Math.Min(_sampling.Stride - 1, reach) : reach;
        if (most < leastBackward)
            return;

        var walk = new HeavyWalk(_segment.Normalized, _sampling, _block.Lists.ListOf(number));
        leastForward = Math.Max(leastForward, _sampling.Guarantee - most);
        if (isExact)
            Follow(piece, position, number, walk.FindAround(piece, position, most, leastForward, withoutFull: false), position - most);
        if (_best.IsEmpty || _best.Start > position - most)
            Follow(piece, position, number, walk.FindAround(piece, position, leastBackward, leastForward, IsFollowedUp(position)), position - most);
    }

    private void Follow(ReadOnlySpan<byte> piece, int position, int number, HeavyRange range, int firstPossible)
    {
        HeavyList list = _block.Lists.ListOf(number);
        for (int i = 0; i < range.Count; i++)
        {
            if (i + PrefetchDistance < range.Count && range.Rank(i + PrefetchDistance) is >= 0 and int later)
                _segment.Normalized.Prefetch(list.SlotAt(later) * _sampling.Stride, 1, _sampling.Gram);
            if (range.Rank(i) is not (>= 0 and int rank))
                continue;
            Compare(piece, position, list.SlotAt(rank) * _sampling.Stride);

            // None begins before that; a longer one is met when what ends behind this one is looked for.
            if (!_best.IsEmpty && _best.Start <= firstPossible)
                return;
        }
    }
}
