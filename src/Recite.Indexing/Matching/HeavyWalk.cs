using Recite.Indexing.Postings;
using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Matching;

/// <summary>
/// Which places of a heavy list can be part of a match of g bytes? A place is decided by r, the bytes it has in common with the
/// query from the k-gram on, and l, those before it: a match needs l + r of at least g. Both orders of the list are searched for
/// the query's own context, which gives the greatest r and the greatest l; every place that matters then has r of at least
/// g minus the one and l of at least g minus the other (the threshold of Fagin, Lotem and Naor 2003), and these are a
/// contiguous range in either order. Exact, and most lists are left after two searches.
/// </summary>
internal readonly ref struct HeavyWalk(NormalizedReader text, SamplingPlan sampling, HeavyList list)
{
    // Walking the backward order costs a packed number for each place, the forward one an access to the text.
    private const int TextAccessCost = 8;

    private readonly HeavyList _list = list;

    /// <summary>The places that may match around a position of a query, those apart that an earlier sample has found: they are equal for s bytes before it.</summary>
    public HeavyRange FindMatches(ReadOnlySpan<byte> query, int position)
    {
        ReadOnlySpan<byte> forward = query.Slice(position, Math.Min(sampling.Guarantee, query.Length - position));
        (int low, int high) = FindForward(forward);
        int farthest = low < high ? forward.Length : Math.Max(ForwardAt(low - 1, forward), ForwardAt(low, forward));
        if (farthest + sampling.Stride - 1 < sampling.Guarantee)
            return default;

        int reach = Math.Min(position, sampling.Stride);
        ReadOnlySpan<byte> backward = query.Slice(position - reach, reach);
        (int firstFull, int endFull) = FindBackward(backward);
        bool isFound = reach == sampling.Stride;
        int longest = !isFound && firstFull < endFull ? reach : Math.Max(BackwardAt(firstFull - 1, backward), BackwardAt(endFull, backward));
        if (farthest + longest < sampling.Guarantee)
            return default;

        int leastForward = Math.Max(0, sampling.Guarantee - longest);
        int leastBackward = Math.Max(0, sampling.Guarantee - farthest);
        (int firstRank, int endRank) = leastForward < forward.Length ? FindForward(forward[..leastForward]) : (low, high);
        (int firstOrder, int endOrder) = FindBackward(backward[^leastBackward..]);
        if (!isFound)
            firstFull = endFull = endOrder;
        int orders = firstFull - firstOrder + endOrder - endFull;
        return orders <= (endRank - firstRank) * (long)TextAccessCost
            ? new HeavyRange(_list, firstOrder, firstFull - firstOrder, endFull, orders, firstRank, endRank)
            : HeavyRange.OfRanks(_list, firstRank, endRank);
    }

    /// <summary>The places around which the whole text stands: all of it from the position on and all before it, at most s bytes.</summary>
    public HeavyRange FindAll(ReadOnlySpan<byte> query, int position)
    {
        (int firstRank, int endRank) = FindForward(query.Slice(position, Math.Min(sampling.Guarantee, query.Length - position)));
        (int firstOrder, int endOrder) = FindBackward(query[..position]);
        int orders = endOrder - firstOrder;
        return orders <= (endRank - firstRank) * (long)TextAccessCost
            ? new HeavyRange(_list, firstOrder, orders, endOrder, orders, firstRank, endRank)
            : HeavyRange.OfRanks(_list, firstRank, endRank);
    }

    /// <summary>
    /// The places that have at least so many bytes in common with the query on either side of a position; of the bytes before it s count.
    /// With <paramref name="withoutFull"/> those are left out that have all s.
    /// </summary>
    public HeavyRange FindAround(ReadOnlySpan<byte> query, int position, int leastBackward, int leastForward, bool withoutFull)
    {
        (int firstRank, int endRank) = FindForward(query.Slice(position, leastForward));
        if (firstRank == endRank)
            return default;
        if (leastBackward == 0 && !withoutFull)
            return HeavyRange.OfRanks(_list, firstRank, endRank);
        int reach = Math.Min(leastBackward, sampling.Stride);
        (int firstOrder, int endOrder) = FindBackward(query.Slice(position - reach, reach));
        (int firstFull, int endFull) = withoutFull ? FindBackward(query.Slice(position - sampling.Stride, sampling.Stride)) : (endOrder, endOrder);
        int orders = firstFull - firstOrder + endOrder - endFull;
        return orders <= (endRank - firstRank) * (long)TextAccessCost
            ? new HeavyRange(_list, firstOrder, firstFull - firstOrder, endFull, orders, firstRank, endRank)
            : HeavyRange.OfRanks(_list, firstRank, endRank);
    }

    /// <summary>The ranks whose places begin with <paramref name="wanted"/>, at most g bytes; both are where they would stand if there is none.</summary>
    private (int Low, int High) FindForward(ReadOnlySpan<byte> wanted)
    {
        int low = LowerForward(wanted, 0, isUpper: false);
        return (low, LowerForward(wanted, low, isUpper: true));
    }

    private int LowerForward(ReadOnlySpan<byte> wanted, int from, bool isUpper)
    {
        int low = from;
        int high = _list.Count;

        // What begins with the wanted text often ends right where it begins, or fills the list.
        if (isUpper && (low == high || CompareForward(low, wanted) != 0))
            return low;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            int order = CompareForward(middle, wanted);
            if (order < 0 || (isUpper && order == 0))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private (int Low, int High) FindBackward(ReadOnlySpan<byte> wanted)
    {
        int low = LowerBackward(wanted, 0, isUpper: false);
        return (low, LowerBackward(wanted, low, isUpper: true));
    }

    private int LowerBackward(ReadOnlySpan<byte> wanted, int from, bool isUpper)
    {
        int low = from;
        int high = _list.Count;
        if (isUpper && (low == high || CompareBackward(low, wanted) != 0))
            return low;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            int order = CompareBackward(middle, wanted);
            if (order < 0 || (isUpper && order == 0))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    // Below zero when the place stands before the wanted text, zero when it begins with it.
    private int CompareForward(int rank, ReadOnlySpan<byte> wanted)
    {
        long position = _list.SlotAt(rank) * sampling.Stride;
        int common = text.CommonForward(position, wanted);
        return common == wanted.Length ? 0 : text.At(position + common) - wanted[common];
    }

    private int CompareBackward(int order, ReadOnlySpan<byte> wanted)
    {
        long position = _list.SlotAt(_list.RankAt(order)) * sampling.Stride;
        int common = text.CommonBackward(position, wanted);
        return common == wanted.Length ? 0 : text.At(position - common - 1) - wanted[^(common + 1)];
    }

    private int ForwardAt(int rank, ReadOnlySpan<byte> query) =>
        (uint)rank < (uint)_list.Count ? text.CommonForward(_list.SlotAt(rank) * sampling.Stride, query) : 0;

    private int BackwardAt(int order, ReadOnlySpan<byte> query) =>
        (uint)order < (uint)_list.Count ? text.CommonBackward(_list.SlotAt(_list.RankAt(order)) * sampling.Stride, query) : 0;
}
