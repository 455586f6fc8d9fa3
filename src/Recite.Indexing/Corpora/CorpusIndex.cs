using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;
using Recite.Indexing.Text;

namespace Recite.Indexing.Corpora;

/// <summary>A document of an index.</summary>
/// <param name="Number">Its place in document order, from 0.</param>
/// <param name="Id">Its id.</param>
/// <param name="Uri">Where it came from.</param>
/// <param name="Bytes">UTF-8 bytes of its text.</param>
public sealed record DocumentEntry(long Number, string Id, string Uri, long Bytes);

/// <summary>An index on disk, open for reading. Safe for any number of concurrent readers.</summary>
public sealed class CorpusIndex : IDisposable
{
    private readonly List<SegmentReader> _segments = [];
    private readonly List<long> _firstDocument = [];
    private readonly BlockCache _cache = new();

    private CorpusIndex(IndexManifest manifest, TextNormalizer normalizer) => (Manifest, Normalizer) = (manifest, normalizer);

    /// <summary>What the index holds and how it was made.</summary>
    public IndexManifest Manifest { get; }

    /// <summary>The normalizer that made the index and must normalize every query.</summary>
    public TextNormalizer Normalizer { get; }

    /// <summary>Number of documents.</summary>
    public long DocumentCount => Manifest.Documents;

    internal SamplingPlan Sampling => new(Manifest.Guarantee, Manifest.Gram);

    internal IReadOnlyList<SegmentReader> Segments => _segments;

    /// <summary>Opens the index at <paramref name="path"/>.</summary>
    /// <exception cref="ReciteException">It is missing, damaged, newer than this program, or normalized by other tables.</exception>
    public static CorpusIndex Open(string path)
    {
        IndexManifest manifest = ManifestFile.Read(path);
        if (SamplingPlan.For(manifest.Guarantee).Gram != manifest.Gram)
            throw new ReciteException($"The index at '{path}' was sampled in a way this program does not know. Build it anew.");

        var index = new CorpusIndex(manifest, FindNormalizer(path, manifest.Normalization));
        try
        {
            long documents = 0;
            int blocks = 0;
            foreach (ManifestSegment segment in manifest.Segments)
            {
                index._firstDocument.Add(documents);
                var reader = new SegmentReader(Path.Combine(path, PartNames.SegmentsDirectory), segment, index.Normalizer, index._cache, blocks);
                index._segments.Add(reader);
                blocks += reader.BlockCount;
                documents += segment.Documents;
            }

            return index;
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <summary>The document with a number in [0, <see cref="DocumentCount"/>).</summary>
    public DocumentEntry GetDocument(long number)
    {
        (SegmentReader segment, long local) = Locate(number);
        DocumentRow row = segment[local];
        (string id, string uri) = segment.ReadName(row);
        return new DocumentEntry(number, id, uri, row.OriginalBytes);
    }

    /// <summary>Copies UTF-8 bytes of a document's original text.</summary>
    public byte[] ReadText(long number, long start, int length)
    {
        (SegmentReader segment, long local) = Locate(number);
        return segment.ReadOriginal(segment[local], start, length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SegmentReader segment in _segments)
            segment.Dispose();
        _cache.Dispose();
    }

    internal long NumberOf(int segment, long localDocument) => _firstDocument[segment] + localDocument;

    private static TextNormalizer FindNormalizer(string path, ManifestNormalization wanted)
    {
        TextNormalizer normalizer = TextNormalizer.For(wanted.Name, wanted.Version);
        return normalizer.Version == wanted.Version && normalizer.TableDigest == wanted.Tables
            ? normalizer
            : throw new ReciteException(
                $"The index at '{path}' was normalized by {wanted.Name}/{wanted.Version} (Unicode {wanted.Unicode}) with other tables than this program has. Build it anew or use the Recite that made it.");
    }

    private (SegmentReader Segment, long Local) Locate(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, DocumentCount);
        int found = _firstDocument.BinarySearch(number);
        int segment = found >= 0 ? found : ~found - 1;
        return (_segments[segment], number - _firstDocument[segment]);
    }
}
