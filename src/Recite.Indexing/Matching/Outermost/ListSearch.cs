using Recite.Indexing.Postings;

namespace Recite.Indexing.Matching.Outermost;

/// <summary>Where the surroundings of one position of a query would stand among those of the places of a heavy list, in either order.</summary>
internal struct ListSearch(HeavyList list, int position)
{
    /// <summary>The list.</summary>
    public HeavyList List { get; } = list;

    /// <summary>The position in the query.</summary>
    public int Position { get; } = position;

    /// <summary>The most bytes that a place has in common with the query from the position on, at most g; -1 until it is searched.</summary>
    public int Forward { get; set; } = -1;

    /// <summary>The most bytes that a place has in common with the query before the position, at most s; -1 until it is searched.</summary>
    public int Backward { get; set; } = -1;

    /// <summary>First place that may be where the search ends; only while it is searched.</summary>
    public int Low { get; set; }

    /// <summary>One past the last.</summary>
    public int High { get; set; }

    /// <summary>The place to be compared next.</summary>
    public readonly int Middle => Low + ((High - Low) / 2);

    /// <summary>Whether there is nothing left to compare.</summary>
    public readonly bool IsDone => Low == High;
}
