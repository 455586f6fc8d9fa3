using Recite.Indexing.Segments;
using Recite.Indexing.Segments.Documents;

namespace Recite.Indexing.Corpora;

/// <summary>
/// The documents of all segments of an open index. A row is a document's place over all segments, removed ones included; a number is its place
/// among those that were not removed. A text is stored with one row, its holder, and is also that of every copy.
/// </summary>
internal sealed class CorpusRows
{
    private readonly List<SegmentReader> _segments = [];
    private readonly List<long> _firstDocument = [];
    private readonly List<long> _firstRow = [];

    public IReadOnlyList<SegmentReader> Segments => _segments;

    /// <summary>Documents that were not removed.</summary>
    public long DocumentCount { get; private set; }

    /// <summary>Rows of documents, removed ones included.</summary>
    public long RowCount { get; private set; }

    /// <summary>Whether a stored text may be that of another number of documents than one.</summary>
    public bool HasSharedOrDeadTexts { get; private set; }

    /// <summary>Takes the next segment, in the order of the manifest.</summary>
    public void Add(SegmentReader segment)
    {
        _firstDocument.Add(DocumentCount);
        _firstRow.Add(RowCount);
        _segments.Add(segment);
        DocumentCount += segment.DocumentCount - segment.Removed.Count;
        RowCount += segment.DocumentCount;
        HasSharedOrDeadTexts |= segment.Copies.Count > 0 || segment.Removed.DeadTexts > 0;
    }

    /// <summary>The rows of the copies of the text that a row of a segment holds, removed ones included, in document order.</summary>
    public IEnumerable<(int Segment, long Local)> CopiesOf(int segment, long local)
    {
        long original = _firstRow[segment] + local;
        for (int later = segment; later < _segments.Count; later++)
        {
            CopyTable copies = _segments[later].Copies;
            (long first, long end) = copies.Find(original);
            for (long i = first; i < end; i++)
                yield return (later, copies.DocumentAt(i, _segments[later].DocumentCount));
        }
    }

    /// <summary>The numbers of all documents that have the text stored with a row of a segment, in document order; none where the text is nobody's any more.</summary>
    public IEnumerable<long> DocumentsOf(int segment, long local)
    {
        if (!_segments[segment].Removed.Contains(local))
            yield return NumberOf(segment, local);
        foreach ((int later, long copy) in CopiesOf(segment, local))
        {
            if (!_segments[later].Removed.Contains(copy))
                yield return NumberOf(later, copy);
        }
    }

    /// <summary>How many documents have the text stored with a row of a segment.</summary>
    public long CountDocumentsOf(int segment, long local)
    {
        long count = _segments[segment].Removed.Contains(local) ? 0 : 1;
        long original = _firstRow[segment] + local;
        for (int later = segment; later < _segments.Count; later++)
        {
            SegmentReader reader = _segments[later];
            (long first, long end) = reader.Copies.Find(original);
            count += end - first;
            for (long i = first; i < end && reader.Removed.Count > 0; i++)
                count -= reader.Removed.Contains(reader.Copies.DocumentAt(i, reader.DocumentCount)) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The row, counted over all segments, of the document that holds a text which some document still has; -1 where there is none.</summary>
    public long FindText(UInt128 key)
    {
        for (int i = 0; i < _segments.Count; i++)
        {
            long local = _segments[i].Keys.Find(key);
            if (local >= 0 && !_segments[i].Removed.HasDeadText(local))
                return _firstRow[i] + local;
        }

        return -1;
    }

    /// <summary>Whether the document of a row, counted over all segments, was removed.</summary>
    public bool IsRemoved(long row)
    {
        (int segment, long local) = LocateRow(row);
        return _segments[segment].Removed.Contains(local);
    }

    /// <summary>The number of a document that was not removed.</summary>
    public long NumberOf(int segment, long local) => _firstDocument[segment] + local - _segments[segment].Removed.CountBefore(local);

    /// <summary>The segment of a row that is counted over all segments, and the row in it.</summary>
    public (int Segment, long Local) LocateRow(long row)
    {
        if (row < 0 || row >= RowCount)
            throw new ReciteException($"The index is damaged: a document repeats the text of row {row}, which there is not. Run 'recite index verify' for all that is wrong, then build the index anew.");
        int segment = LastAtMost(_firstRow, row);
        return (segment, row - _firstRow[segment]);
    }

    /// <summary>The segment of a document and its row there.</summary>
    public (int Segment, long Local) LocateNumber(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, DocumentCount);
        int segment = LastAtMost(_firstDocument, number);
        return (segment, _segments[segment].Removed.RowOfRemaining(number - _firstDocument[segment]));
    }

    /// <summary>The row that holds the text of a copy.</summary>
    public (SegmentReader Segment, DocumentRow Row) FindOriginal(DocumentRow copy)
    {
        (int segment, long local) = LocateRow(copy.Original);
        DocumentRow row = _segments[segment][local];
        return row.IsCopy || row.OriginalBytes != copy.OriginalBytes
            ? throw new ReciteException($"The index is damaged: row {copy.Original} does not hold the text that a copy says. Run 'recite index verify' for all that is wrong, then build the index anew.")
            : (_segments[segment], row);
    }

    // The last of equal starts: a segment of which everything was removed shares its start with the next.
    private static int LastAtMost(List<long> starts, long value)
    {
        int low = 0, high = starts.Count;
        while (high - low > 1)
        {
            int middle = low + ((high - low) / 2);
            if (starts[middle] <= value)
                low = middle;
            else
                high = middle;
        }

        return low;
    }
}
