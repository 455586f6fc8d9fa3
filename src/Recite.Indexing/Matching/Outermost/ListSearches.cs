using Recite.Indexing.Postings;
using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Matching.Outermost;

/// <summary>
/// The heavy lists at the positions of one block. Neighbouring ones are searched at the same time, step by step: each step asks for the
/// texts it will compare in all of them first, so that the memory answers many at a time and not one after the other.
/// </summary>
internal sealed class ListSearches(NormalizedReader text, SamplingPlan sampling)
{
    // As many as the memory answers at a time; a text that must be decoded first gains nothing from it.
    private readonly int _together = text.IsMapped ? 16 : 1;

    private ListSearch[] _searches = new ListSearch[16];
    private int _count;

    public void Clear() => _count = 0;

    /// <summary>Adds a list; lists are added by position.</summary>
    /// <returns>Its number.</returns>
    public int Add(HeavyList list, int position)
    {
        if (_count == _searches.Length)
            Array.Resize(ref _searches, _count * 2);
        _searches[_count] = new ListSearch(list, position);
        return _count++;
    }

    /// <summary>The list of a number.</summary>
    public HeavyList ListOf(int number) => _searches[number].List;

    /// <summary>The most bytes, at most g, that a place of the list has in common with the query from its position on.</summary>
    public int Forward(ReadOnlySpan<byte> query, int number)
    {
        if (_searches[number].Forward < 0)
            SearchForward(query, number);
        return _searches[number].Forward;
    }

    /// <summary>The most bytes, at most s, that a place of the list has in common with the query before its position.</summary>
    public int Backward(ReadOnlySpan<byte> query, int number)
    {
        if (_searches[number].Backward < 0)
            SearchBackward(query, number);
        return _searches[number].Backward;
    }

    private void SearchForward(ReadOnlySpan<byte> query, int from)
    {
        Span<ListSearch> some = From(from);
        foreach (ref ListSearch search in some)
            (search.Low, search.High, search.Forward) = (0, search.List.Count, 0);
        for (bool isDone = false; !isDone;)
        {
            foreach (ref ListSearch search in some)
            {
                if (!search.IsDone)
                    text.Prefetch(PositionAt(search), 0, sampling.Guarantee);
            }

            isDone = true;
            foreach (ref ListSearch search in some)
            {
                if (search.IsDone)
                    continue;
                ReadOnlySpan<byte> wanted = query.Slice(search.Position, Math.Min(sampling.Guarantee, query.Length - search.Position));
                long position = PositionAt(search);
                int common = text.CommonForward(position, wanted);
                search.Forward = Math.Max(search.Forward, common);
                Narrow(ref search, common < wanted.Length && text.At(position + common) < wanted[common]);
                isDone &= search.IsDone;
            }
        }
    }

    private void SearchBackward(ReadOnlySpan<byte> query, int from)
    {
        Span<ListSearch> some = From(from);
        foreach (ref ListSearch search in some)
            (search.Low, search.High, search.Backward) = (0, search.List.Count, 0);
        for (bool isDone = false; !isDone;)
        {
            foreach (ref ListSearch search in some)
            {
                if (!search.IsDone)
                    text.Prefetch(PositionAtOrder(search), sampling.Stride, 0);
            }

            isDone = true;
            foreach (ref ListSearch search in some)
            {
                if (search.IsDone)
                    continue;
                int reach = Math.Min(search.Position, sampling.Stride);
                ReadOnlySpan<byte> wanted = query.Slice(search.Position - reach, reach);
                long position = PositionAtOrder(search);
                int common = text.CommonBackward(position, wanted);
                search.Backward = Math.Max(search.Backward, common);
                Narrow(ref search, common < reach && text.At(position - common - 1) < wanted[^(common + 1)]);
                isDone &= search.IsDone;
            }
        }
    }

    private Span<ListSearch> From(int number) => _searches.AsSpan(number, Math.Min(_together, _count - number));

    // Both neighbours of the place where such a search ends were compared on the way, and no place has more in common than they.
    private static void Narrow(ref ListSearch search, bool isLess)
    {
        if (isLess)
            search.Low = search.Middle + 1;
        else
            search.High = search.Middle;
    }

    private long PositionAt(in ListSearch search) => search.List.SlotAt(search.Middle) * sampling.Stride;

    private long PositionAtOrder(in ListSearch search) => search.List.SlotAt(search.List.RankAt(search.Middle)) * sampling.Stride;
}
