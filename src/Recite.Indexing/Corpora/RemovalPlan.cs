using Recite.Indexing.Segments;
using Recite.Indexing.Segments.Documents;

namespace Recite.Indexing.Corpora;

/// <summary>Which rows of which segments are removed once some more documents are, and which texts are then nobody's.</summary>
internal sealed class RemovalPlan
{
    private readonly CorpusIndex _index;
    private readonly SortedSet<long>[] _removed;
    private readonly HashSet<int> _changed = [];

    public RemovalPlan(CorpusIndex index, IReadOnlyList<long> numbers)
    {
        _index = index;
        _removed = [.. index.Segments.Select(segment => new SortedSet<long>(segment.Removed.Documents))];
        foreach (long number in numbers)
        {
            (int segment, long local) = index.Rows.LocateNumber(number);
            _removed[segment].Add(local);
            _changed.Add(segment);

            // The last copy of a text that was removed before takes the text with it, and the text may stand in another segment.
            DocumentRow row = index.Segments[segment][local];
            if (row.IsCopy)
                _changed.Add(index.Rows.LocateRow(row.Original).Segment);
        }
    }

    public bool Changes(int segment) => _changed.Contains(segment) && _removed[segment].Count > 0;

    public IReadOnlyList<RemovedRow> Rows(int segment) => [.. _removed[segment].Select(local => new RemovedRow(local, IsDead(segment, local)))];

    /// <summary>UTF-8 bytes of the texts of a segment's removed documents.</summary>
    public long Bytes(int segment) => _removed[segment].Sum(local => _index.Segments[segment][local].OriginalBytes);

    private bool IsDead(int segment, long local) =>
        !_index.Segments[segment][local].IsCopy && _index.Rows.CopiesOf(segment, local).All(copy => _removed[copy.Segment].Contains(copy.Local));
}
