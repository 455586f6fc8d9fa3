using Recite.Indexing.Corpora;

namespace Recite.Probes;

/// <summary>The texts of a corpus one after the other: finds the document that a byte of the whole belongs to. Eight bytes for each document.</summary>
internal sealed class DocumentPlaces
{
    private readonly long[] _ends;

    public DocumentPlaces(CorpusIndex index)
    {
        _ends = new long[index.DocumentCount];
        long end = 0;
        for (int i = 0; i < _ends.Length; i++)
            _ends[i] = end += index.GetDocument(i).Bytes;
        Bytes = end;
    }

    /// <summary>Bytes of all documents together.</summary>
    public long Bytes { get; }

    /// <summary>The document of a byte, and the byte's offset in it.</summary>
    public (long Document, long Offset) At(long place)
    {
        // The first document that ends behind the place; documents without text end where the one before does.
        int low = 0, high = _ends.Length - 1;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (_ends[middle] > place)
                high = middle;
            else
                low = middle + 1;
        }

        return (low, place - (low == 0 ? 0 : _ends[low - 1]));
    }
}
