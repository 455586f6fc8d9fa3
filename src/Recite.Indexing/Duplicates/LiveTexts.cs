using Recite.Indexing.Corpora;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Duplicates;

/// <summary>The distinct texts of an index, numbered in the order of the first document that has each. Eight bytes for each.</summary>
internal sealed class LiveTexts
{
    private readonly CorpusIndex _index;
    private readonly List<long> _rows;

    private LiveTexts(CorpusIndex index, List<long> rows) => (_index, _rows) = (index, rows);

    public int Count => _rows.Count;

    public static LiveTexts Of(CorpusIndex index)
    {
        var rows = new List<long>();
        var withoutHolder = new HashSet<long>();
        long first = 0;
        foreach (SegmentReader segment in index.Segments)
        {
            for (long local = 0; local < segment.DocumentCount; local++)
            {
                if (segment.Removed.Contains(local))
                    continue;
                DocumentRow row = segment[local];
                if (!row.IsCopy)
                    rows.Add(first + local);
                else if (index.Rows.IsRemoved(row.Original) && withoutHolder.Add(row.Original))
                    rows.Add(row.Original);
            }

            first += segment.DocumentCount;
        }

        return new LiveTexts(index, rows);
    }

    /// <summary>The documents that have a text, in document order.</summary>
    public IEnumerable<long> DocumentsOf(int text)
    {
        (int segment, long local) = _index.Rows.LocateRow(_rows[text]);
        return _index.Rows.DocumentsOf(segment, local);
    }

    /// <summary>How many documents have a text.</summary>
    public long CountDocumentsOf(int text)
    {
        (int segment, long local) = _index.Rows.LocateRow(_rows[text]);
        return _index.Rows.CountDocumentsOf(segment, local);
    }

    /// <summary>The UTF-8 bytes of a text.</summary>
    public byte[] Read(int text)
    {
        (int segment, long local) = _index.Rows.LocateRow(_rows[text]);
        DocumentRow row = _index.Segments[segment][local];
        return _index.Segments[segment].ReadOriginal(row, 0, checked((int)row.OriginalBytes));
    }
}
