namespace Recite.Indexing.Segments.Documents;

/// <summary>Which documents of a segment repeat this text? Rows ordered by original, then by document.</summary>
internal sealed class CopyTable(MappedPart part)
{
    private readonly RowTable<CopyRow> _rows = new(part, CopyRow.Bytes, CopyRow.Read);

    public long Count => _rows.Count;

    public CopyRow this[long row] => _rows[row];

    /// <summary>First row and one past the last row of the copies of a document, whose row is counted over all segments.</summary>
    public (long First, long End) Find(long original) =>
        _rows.Count == 0 ? (0, 0) : (_rows.FindLast(original - 1, row => row.Original) + 1, _rows.FindLast(original, row => row.Original) + 1);

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
