namespace Recite.Indexing.Segments.Documents;

/// <summary>Collects the keys and copies of a segment that is being written: 24 bytes for a text, 16 for a copy.</summary>
internal sealed class DocumentTables
{
    private readonly List<KeyRow> _keys = [];
    private readonly List<CopyRow> _copies = [];

    /// <summary>Documents taken so far.</summary>
    public long Documents { get; private set; }

    /// <summary>Documents among them whose text stands elsewhere.</summary>
    public long Copies => _copies.Count;

    /// <summary>UTF-8 bytes of the texts of all documents, copies included.</summary>
    public long Bytes { get; private set; }

    public void Add(SegmentBatch batch)
    {
        for (int i = 0; i < batch.Documents.Count; i++)
        {
            DocumentRow row = batch.Documents[i];
            if (row.IsCopy)
                _copies.Add(new CopyRow(row.Original, Documents));
            else
                _keys.Add(new KeyRow(batch.Keys[i], Documents));
            Bytes += row.OriginalBytes;
            Documents++;
        }
    }

    public ManifestPart WriteKeys(PartWriter part) => KeyTable.Write(part, _keys);

    public ManifestPart WriteCopies(PartWriter part) => CopyTable.Write(part, _copies);
}
