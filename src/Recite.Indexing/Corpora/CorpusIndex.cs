using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;
using Recite.Indexing.Segments.Documents;
using Recite.Indexing.Text;

namespace Recite.Indexing.Corpora;

/// <summary>A document of an index.</summary>
/// <param name="Number">Its place in document order among the documents that were not removed, from 0.</param>
/// <param name="Id">Its id.</param>
/// <param name="Uri">Where it came from.</param>
/// <param name="Bytes">UTF-8 bytes of its text.</param>
public sealed record DocumentEntry(long Number, string Id, string Uri, long Bytes)
{
    /// <summary>Whether its text is stored with another document, which need not be there any more.</summary>
    public bool IsCopy { get; init; }
}

/// <summary>
/// An index on disk, open for reading. Safe for any number of concurrent readers, and for readers beside a writer: what is open stays as
/// it was when it was opened.
/// </summary>
public sealed class CorpusIndex : IDisposable
{
    // A writer that commits while the files are being opened may have removed some of them; more than a few in a row do not happen.
    private const int MostTries = 10;

    private readonly List<SegmentReader> _segments = [];
    private readonly List<long> _firstDocument = [];
    private readonly List<long> _firstRow = [];
    private readonly BlockCache _cache = new();

    private CorpusIndex(IndexManifest manifest, TextNormalizer normalizer) => (Manifest, Normalizer) = (manifest, normalizer);

    /// <summary>What the index holds and how it was made.</summary>
    public IndexManifest Manifest { get; }

    /// <summary>The normalizer that made the index and must normalize every query.</summary>
    public TextNormalizer Normalizer { get; }

    /// <summary>Number of documents that were not removed.</summary>
    public long DocumentCount { get; private set; }

    /// <summary>Rows of documents, removed ones included.</summary>
    internal long RowCount { get; private set; }

    /// <summary>Whether a text of the index may be that of another number of documents than one.</summary>
    internal bool HasSharedOrDeadTexts { get; private set; }

    /// <summary>What its segments have in common, and any that are added to it.</summary>
    internal SegmentPlan Plan => new(Normalizer, Sampling, Manifest.Store == "raw" ? TextStore.Raw : TextStore.Zstd);

    internal SamplingPlan Sampling => new(Manifest.Guarantee, Manifest.Gram);

    internal IReadOnlyList<SegmentReader> Segments => _segments;

    /// <summary>Opens the index at <paramref name="path"/>.</summary>
    /// <exception cref="ReciteException">It is missing, damaged, newer than this program, or normalized by other tables.</exception>
    public static CorpusIndex Open(string path)
    {
        for (int tries = 1; ; tries++)
        {
            IndexManifest manifest = ManifestFile.Read(path);
            try
            {
                return Open(path, manifest);
            }
            catch (ReciteException) when (tries < MostTries && ManifestFile.Read(path).Digest != manifest.Digest)
            {
                // The manifest names other files now; those of the old one are gone because it was replaced.
            }
        }
    }

    /// <summary>The document with a number in [0, <see cref="DocumentCount"/>).</summary>
    public DocumentEntry GetDocument(long number)
    {
        (SegmentReader segment, long local) = Locate(number);
        DocumentRow row = segment[local];
        (string id, string uri) = segment.ReadName(row);
        return new DocumentEntry(number, id, uri, row.OriginalBytes) { IsCopy = row.IsCopy };
    }

    /// <summary>Copies UTF-8 bytes of a document's original text.</summary>
    public byte[] ReadText(long number, long start, int length)
    {
        (SegmentReader segment, long local) = Locate(number);
        DocumentRow row = segment[local];
        if (row.IsCopy)
            (segment, row) = FindOriginal(row);
        return segment.ReadOriginal(row, start, length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SegmentReader segment in _segments)
            segment.Dispose();
        _cache.Dispose();
    }

    /// <summary>The rows of the copies of the text that a row of a segment holds, removed ones included, in document order.</summary>
    internal IEnumerable<(int Segment, long Local)> CopiesOf(int segment, long local)
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
    internal IEnumerable<long> DocumentsOf(int segment, long local)
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
    internal long CountDocumentsOf(int segment, long local)
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
    internal long FindText(UInt128 key)
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
    internal bool IsRemoved(long row)
    {
        (int segment, long local) = LocateRow(row);
        return _segments[segment].Removed.Contains(local);
    }

    /// <summary>The number of a document that was not removed.</summary>
    internal long NumberOf(int segment, long local) => _firstDocument[segment] + local - _segments[segment].Removed.CountBefore(local);

    /// <summary>The segment of a row that is counted over all segments, and the row in it.</summary>
    internal (int Segment, long Local) LocateRow(long row)
    {
        if (row < 0 || row >= RowCount)
            throw new ReciteException($"The index is damaged: a document repeats the text of row {row}, which there is not. Run 'recite index verify' for all that is wrong, then build the index anew.");
        int segment = LastAtMost(_firstRow, row);
        return (segment, row - _firstRow[segment]);
    }

    /// <summary>The segment of a document and its row there.</summary>
    internal (int Segment, long Local) LocateNumber(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, DocumentCount);
        int segment = LastAtMost(_firstDocument, number);
        return (segment, _segments[segment].Removed.RowOfRemaining(number - _firstDocument[segment]));
    }

    private static CorpusIndex Open(string path, IndexManifest manifest)
    {
        if (SamplingPlan.For(manifest.Guarantee).Gram != manifest.Gram)
            throw new ReciteException($"The index at '{path}' was sampled in a way this program does not know. Build it anew.");

        var index = new CorpusIndex(manifest, FindNormalizer(path, manifest.Normalization));
        try
        {
            int blocks = 0;
            foreach (ManifestSegment segment in manifest.Segments)
            {
                index._firstDocument.Add(index.DocumentCount);
                index._firstRow.Add(index.RowCount);
                var reader = new SegmentReader(Path.Combine(path, PartNames.SegmentsDirectory), segment, index.Normalizer, index._cache, blocks);
                index._segments.Add(reader);
                index.DocumentCount += reader.DocumentCount - reader.Removed.Count;
                index.RowCount += reader.DocumentCount;
                index.HasSharedOrDeadTexts |= reader.Copies.Count > 0 || reader.Removed.DeadTexts > 0;
                blocks += reader.BlockCount;
            }

            return index;
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    private static TextNormalizer FindNormalizer(string path, ManifestNormalization wanted)
    {
        TextNormalizer normalizer = TextNormalizer.For(wanted.Name);
        return normalizer.Version == wanted.Version && normalizer.TableDigest == wanted.Tables
            ? normalizer
            : throw new ReciteException(
                $"The index at '{path}' was normalized by {wanted.Name}/{wanted.Version} (Unicode {wanted.Unicode}) with other tables than this program has. Build it anew or use the Recite that made it.");
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

    private (SegmentReader Segment, DocumentRow Row) FindOriginal(DocumentRow copy)
    {
        (int segment, long local) = LocateRow(copy.Original);
        DocumentRow row = _segments[segment][local];
        return row.IsCopy || row.OriginalBytes != copy.OriginalBytes
            ? throw new ReciteException($"The index is damaged: row {copy.Original} does not hold the text that a copy says. Run 'recite index verify' for all that is wrong, then build the index anew.")
            : (_segments[segment], row);
    }

    private (SegmentReader Segment, long Local) Locate(long number)
    {
        (int segment, long local) = LocateNumber(number);
        return (_segments[segment], local);
    }
}
