using Recite.Indexing.Postings;

namespace Recite.Indexing.Matching;

/// <summary>
/// Places of a heavy list that passed the threshold in both orders: walked by rank, or by backward order with the ranks outside
/// the forward range passed over.
/// </summary>
internal readonly ref struct HeavyRange
{
    private readonly HeavyList _list;
    private readonly int _firstOrder;
    private readonly int _before;
    private readonly int _behind;
    private readonly int _firstRank;
    private readonly int _endRank;
    private readonly bool _byRank;

    /// <summary>The orders from <paramref name="firstOrder"/> on, <paramref name="before"/> of them, then those from <paramref name="behind"/> on.</summary>
    public HeavyRange(HeavyList list, int firstOrder, int before, int behind, int count, int firstRank, int endRank) =>
        (_list, _firstOrder, _before, _behind, Count, _firstRank, _endRank) = (list, firstOrder, before, behind, count, firstRank, endRank);

    private HeavyRange(HeavyList list, int firstRank, int endRank) =>
        (_list, Count, _firstRank, _endRank, _byRank) = (list, endRank - firstRank, firstRank, endRank, true);

    /// <summary>How many places are to be walked.</summary>
    public int Count { get; }

    public static HeavyRange OfRanks(HeavyList list, int firstRank, int endRank) => new(list, firstRank, endRank);

    /// <summary>The rank of a place of the walk, or -1 where it is outside the forward range.</summary>
    public int Rank(int index)
    {
        if (_byRank)
            return _firstRank + index;
        int rank = _list.RankAt(index < _before ? _firstOrder + index : _behind + index - _before);
        return rank >= _firstRank && rank < _endRank ? rank : -1;
    }
}
