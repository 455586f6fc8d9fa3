namespace Recite.Indexing.Segments.Documents;

/// <summary>Which document holds the text with this key? A sorted table on disk, searched by halving.</summary>
internal sealed class KeyTable(MappedPart part)
{
    private readonly RowTable<KeyRow> _rows = new(part, KeyRow.Bytes, KeyRow.Read);

    public long Count => _rows.Count;

    public KeyRow this[long row] => _rows[row];

    /// <summary>The row of the document that holds the text, or -1.</summary>
    public long Find(UInt128 key)
    {
        long low = 0;
        long high = _rows.Count;
        while (low < high)
        {
            long middle = low + ((high - low) / 2);
            if (_rows[middle].Key < key)
                low = middle + 1;
            else
                high = middle;
        }

        return low < _rows.Count && _rows[low] is var found && found.Key == key ? found.Document : -1;
    }

    /// <summary>Sorts rows and writes them as a part.</summary>
    public static ManifestPart Write(PartWriter part, List<KeyRow> rows)
    {
        rows.Sort(KeyRow.Compare);
        Span<byte> bytes = stackalloc byte[KeyRow.Bytes];
        foreach (KeyRow row in rows)
        {
            row.Write(bytes);
            part.Write(bytes);
        }

        return part.Finish(rows.Count);
    }
}
