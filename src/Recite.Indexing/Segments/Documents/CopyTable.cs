namespace Recite.Indexing.Segments.Documents;

/// <summary>Which documents of a segment repeat this text? Rows ordered by original, then by document.</summary>
internal sealed class CopyTable(MappedPart part)
{
    private readonly RowTable<CopyRow> _rows = new(part, CopyRow.Bytes, CopyRow.Read);

    public long Count => _rows.Count;

    public CopyRow this[long row] => _rows[row];

    /// <summary>First row and one past the last row of the copies of a document, whose row is counted over all segments.</summary>
    public (long First, long End) Find(long original)
    {
        if (_rows.Count == 0)
            return (0, 0);
        long first = _rows.FindLast(original - 1, row => row.Original) + 1;
        return (first, Math.Max(first, _rows.FindLast(original, row => row.Original) + 1));
    }

    /// <summary>The row of the copy in its segment, which has so many documents.</summary>
    public long DocumentAt(long row, long documents) =>
        _rows[row].Document is >= 0 and var document && document < documents ? document : throw part.Corrupt("it names a document that the segment does not have");

    /// <summary>Sorts rows and writes them as a part.</summary>
    public static ManifestPart Write(PartWriter part, List<CopyRow> rows)
    {
        rows.Sort(CopyRow.Compare);
        Span<byte> bytes = stackalloc byte[CopyRow.Bytes];
        foreach (CopyRow row in rows)
        {
            row.Write(bytes);
            part.Write(bytes);
        }

        return part.Finish(rows.Count);
    }
}
