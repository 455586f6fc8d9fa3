using Recite.Indexing.Corpora;

namespace Recite.Indexing.Matching;

/// <summary>A document in which a text stands.</summary>
/// <param name="Document">The document's number.</param>
/// <param name="Place">Where the text is stored.</param>
/// <param name="Row">Row, in that segment, of the document it is stored with.</param>
internal readonly record struct PlacedDocumentNumber(long Document, CorpusPosition Place, long Row);

/// <summary>
/// From places where a text is stored to documents in which it stands: an exact copy of a document is not stored again, and counts.
/// </summary>
internal sealed class DocumentsOfPlaces(CorpusIndex index)
{
    /// <summary>How many (document, offset) places there are.</summary>
    public long Count(IReadOnlyList<CorpusPosition> places)
    {
        if (!index.Rows.HasSharedOrDeadTexts)
            return places.Count;

        long count = 0;
        foreach ((int segment, long row, int first, int end) in Rows(places))
            count += index.Rows.CountDocumentsOf(segment, row) * (end - first);
        return count;
    }

    /// <summary>The first places in document order, those of one document by offset.</summary>
    public IEnumerable<PlacedDocumentNumber> First(IReadOnlyList<CorpusPosition> places, int most)
    {
        // Copies stand behind their original, so the documents of one text may lie between those of another.
        var kept = new PriorityQueue<PlacedDocumentNumber, (long, long)>(Comparer<(long, long)>.Create(static (a, b) => b.CompareTo(a)));
        foreach ((int segment, long row, int first, int end) in Rows(places))
        {
            // No document of this row or of a later one stands before the row itself.
            if (kept.Count >= most && IsBehind(index.Rows.NumberOf(segment, row)))
                break;
            foreach (long document in index.Rows.DocumentsOf(segment, row))
            {
                if (kept.Count >= most && IsBehind(document))
                    break;
                for (int i = first; i < end && i - first < most; i++)
                {
                    kept.Enqueue(new PlacedDocumentNumber(document, places[i], row), (document, places[i].Position));
                    if (kept.Count > most)
                        kept.Dequeue();
                }
            }
        }

        return kept.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element);

        bool IsBehind(long document) => !kept.TryPeek(out PlacedDocumentNumber last, out _) || document > last.Document;
    }

    // Places are in order, so those in one document follow each other.
    private IEnumerable<(int Segment, long Row, int First, int End)> Rows(IReadOnlyList<CorpusPosition> places)
    {
        for (int first = 0; first < places.Count;)
        {
            int segment = places[first].Segment;
            long row = index.Segments[segment].FindDocument(places[first].Position);
            long rowEnd = index.Segments[segment][row].NormalizedEnd;
            int end = first + 1;
            while (end < places.Count && places[end].Segment == segment && places[end].Position < rowEnd)
                end++;
            yield return (segment, row, first, end);
            first = end;
        }
    }
}
