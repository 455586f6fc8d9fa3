using Recite.Indexing.Postings;
using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;
using Recite.Indexing.Text;

namespace Recite.Indexing.Matching.Near;

/// <summary>A maximal common run of a query and a segment that holds a sampled k-gram; it may be shorter than the guarantee.</summary>
/// <param name="Span">Bytes of the normalized query.</param>
/// <param name="Diagonal">Normalized coordinate of the segment less byte of the query.</param>
internal readonly record struct SeedRun(TextSpan Span, long Diagonal);

/// <summary>
/// Where near-verbatim matches are looked for: every common run of a query and one segment that holds a sampled k-gram, each told
/// once. A passage with changed words is found if a single sampled k-gram of it was left alone.
/// </summary>
internal sealed class SeedRuns(SegmentReader segment, SamplingPlan sampling, StepBudget budget)
{
    private const int DiagonalsBeforePruning = 1 << 20;

    // K-grams with longer lists are phrases of the language: they come last, so that they cannot use up the budget of the rare ones.
    private const int LongList = 256;

    private readonly GramHits _hits = new();
    private readonly Dictionary<long, Known> _known = [];

    /// <summary>What lies on this diagonal within <paramref name="span"/> of the query needs no further look.</summary>
    public void MarkKnown(long diagonal, TextSpan span)
    {
        List<TextSpan>? others = null;
        if (_known.TryGetValue(diagonal, out Known before) && !span.Contains(before.Last))
        {
            others = before.Others ?? [];
            others.Add(before.Last);
        }

        _known[diagonal] = new Known(span, others ?? before.Others);
    }

    /// <summary>Tells every run.</summary>
    public void Find(ReadOnlySpan<byte> query, Action<SeedRun> onRun, CancellationToken cancellationToken)
    {
        bool hasLongLists = Pass(query, longLists: false, onRun, cancellationToken);
        if (hasLongLists)
            Pass(query, longLists: true, onRun, cancellationToken);
    }

    private bool Pass(ReadOnlySpan<byte> query, bool longLists, Action<SeedRun> onRun, CancellationToken cancellationToken)
    {
        bool leftOut = false;
        QueryGrams grams = QueryGrams.Of(query, sampling);
        int positions = query.Length - sampling.Gram + 1;
        for (int first = 0; first < positions; first += GramHits.MostHashes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Prune(first);
            segment.Postings.LookUp(grams.At(first, Math.Min(GramHits.MostHashes, positions - first)), _hits);
            foreach (GramHit hit in _hits.Hits)
            {
                bool isList = hit.Slot >= segment.Postings.SlotCount;
                HeavyList list = isList ? segment.Postings.Heavy[hit.Slot] : default;
                if (isList && list.Count > LongList != longLists || !isList && longLists)
                {
                    leftOut |= isList;
                    continue;
                }

                int places = isList ? list.Count : 1;
                for (int rank = 0; rank < places; rank++)
                {
                    if (!budget.TryStep())
                        return leftOut;
                    long slot = isList ? list.SlotAt(rank) : hit.Slot;
                    Look(query, first + hit.At, slot * sampling.Stride, onRun);
                }
            }
        }

        return leftOut;
    }

    private void Look(ReadOnlySpan<byte> query, int position, long corpusPosition, Action<SeedRun> onRun)
    {
        long diagonal = corpusPosition - position;
        if (_known.TryGetValue(diagonal, out Known known) && known.Contains(position))
            return;

        // As in SpanFinder: nothing matches across the byte that stands between documents.
        int forward = segment.Normalized.CommonForward(corpusPosition, query[position..]);
        int gap = query.Slice(position, forward).IndexOf(SegmentPlan.Gap);
        forward = gap < 0 ? forward : gap;
        if (forward < sampling.Gram)
            return;

        int backward = segment.Normalized.CommonBackward(corpusPosition, query[..position]);
        backward -= query.Slice(position - backward, backward).LastIndexOf(SegmentPlan.Gap) + 1;
        var span = new TextSpan(position - backward, position + forward);
        MarkKnown(diagonal, span);
        if (segment.Removed.IsDead(corpusPosition))
            return;
        onRun(new SeedRun(span, diagonal));
    }

    // What is forgotten costs a second look at most: equal matches are one in the end.
    private void Prune(int position)
    {
        if (_known.Count < DiagonalsBeforePruning)
            return;
        foreach ((long diagonal, Known known) in _known)
        {
            if (known.Last.End <= position)
                _known.Remove(diagonal);
        }
    }

    /// <summary>Spans of one diagonal: nearly always one.</summary>
    private readonly record struct Known(TextSpan Last, List<TextSpan>? Others)
    {
        public bool Contains(int position) => Last.Contains(position) || (Others?.Exists(span => span.Contains(position)) ?? false);
    }
}
