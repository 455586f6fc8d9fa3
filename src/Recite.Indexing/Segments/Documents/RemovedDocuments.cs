namespace Recite.Indexing.Segments.Documents;

/// <summary>
/// Which documents of a segment were removed, and which of its texts are therefore nobody's any more? Eight bytes of memory for each
/// removed document and sixteen for each such text.
/// </summary>
internal sealed class RemovedDocuments
{
    private readonly long[] _documents;
    private readonly long[] _dead;
    private readonly long[] _deadStarts;
    private readonly long[] _deadEnds;

    private RemovedDocuments(long[] documents, long[] dead, RowTable<DocumentRow> rows)
    {
        _documents = documents;
        _dead = dead;
        _deadStarts = Array.ConvertAll(dead, document => rows[document].NormalizedStart);
        _deadEnds = Array.ConvertAll(dead, document => rows[document].NormalizedEnd);
    }

    /// <summary>Rows of the removed documents, ascending.</summary>
    public IReadOnlyList<long> Documents => _documents;

    /// <summary>Removed documents.</summary>
    public int Count => _documents.Length;

    /// <summary>Texts that no document has any more.</summary>
    public int DeadTexts => _dead.Length;

    /// <summary>Nothing was removed.</summary>
    public static RemovedDocuments None(RowTable<DocumentRow> rows) => new([], [], rows);

    public static RemovedDocuments Read(MappedPart part, RowTable<DocumentRow> rows)
    {
        var removed = new RowTable<RemovedRow>(part, RemovedRow.Bytes, RemovedRow.Read);
        var documents = new long[removed.Count];
        var dead = new List<long>();
        for (int i = 0; i < documents.Length; i++)
        {
            RemovedRow row = removed[i];
            if (row.Document <= (i == 0 ? -1 : documents[i - 1]) || row.Document >= rows.Count)
                throw part.Corrupt("its rows are out of order");
            documents[i] = row.Document;
            if (row.TextIsDead)
                dead.Add(row.Document);
        }

        return new RemovedDocuments(documents, [.. dead], rows);
    }

    public bool Contains(long document) => Array.BinarySearch(_documents, document) >= 0;

    /// <summary>Whether no document has the text that this one held.</summary>
    public bool HasDeadText(long document) => Array.BinarySearch(_dead, document) >= 0;

    /// <summary>Whether a normalized coordinate lies in a text that no document has any more.</summary>
    public bool IsDead(long position)
    {
        if (_dead.Length == 0)
            return false;
        int found = Array.BinarySearch(_deadStarts, position);
        int text = found >= 0 ? found : ~found - 1;
        return text >= 0 && position < _deadEnds[text];
    }

    /// <summary>How many documents before a row were removed.</summary>
    public long CountBefore(long document)
    {
        int found = Array.BinarySearch(_documents, document);
        return found >= 0 ? found : ~found;
    }

    /// <summary>The row of the document that stands at a place among those that were not removed.</summary>
    public long RowOfRemaining(long place)
    {
        // As many removed rows stand before it as have at most so many remaining ones before them.
        int low = 0, high = _documents.Length;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (_documents[middle] - middle <= place)
                low = middle + 1;
            else
                high = middle;
        }

        return place + low;
    }
}
