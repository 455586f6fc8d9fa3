using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;
using Recite.Indexing.Text;

namespace Recite.Indexing.Corpora;

/// <summary>
/// An index on disk, open for reading. Safe for any number of concurrent readers, and for readers beside a writer: what is open stays as
/// it was when it was opened.
/// </summary>
public sealed class CorpusIndex : IDisposable
{
    // A writer that commits while the files are being opened may have removed some of them; more than a few in a row do not happen.
    private const int MostTries = 10;

    private readonly BlockCache _cache = new();

    private CorpusIndex(IndexManifest manifest, TextNormalizer normalizer) => (Manifest, Normalizer) = (manifest, normalizer);

    /// <summary>What the index holds and how it was made.</summary>
    public IndexManifest Manifest { get; }

    /// <summary>The normalizer that made the index and must normalize every query.</summary>
    public TextNormalizer Normalizer { get; }

    /// <summary>Number of documents that were not removed.</summary>
    public long DocumentCount => Rows.DocumentCount;

    /// <summary>The documents of all segments: which have the same text, and which were removed.</summary>
    internal CorpusRows Rows { get; } = new();

    /// <summary>What its segments have in common, and any that are added to it.</summary>
    internal SegmentPlan Plan => new(Normalizer, Sampling, Manifest.Store == "raw" ? TextStore.Raw : TextStore.Zstd);

    internal SamplingPlan Sampling => new(Manifest.Guarantee, Manifest.Gram);

    internal IReadOnlyList<SegmentReader> Segments => Rows.Segments;

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
            (segment, row) = Rows.FindOriginal(row);
        return segment.ReadOriginal(row, start, length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SegmentReader segment in Segments)
            segment.Dispose();
        _cache.Dispose();
    }

    /// <summary>Opens what this manifest of the index names.</summary>
    internal static CorpusIndex Open(string path, IndexManifest manifest)
    {
        if (SamplingPlan.For(manifest.Guarantee).Gram != manifest.Gram)
            throw new ReciteException($"The index at '{path}' was sampled in a way this program does not know. Build it anew.");

        var index = new CorpusIndex(manifest, FindNormalizer(path, manifest.Normalization));
        try
        {
            int blocks = 0;
            foreach (ManifestSegment segment in manifest.Segments)
            {
                var reader = new SegmentReader(Path.Combine(path, PartNames.SegmentsDirectory), segment, index.Normalizer, index._cache, blocks);
                index.Rows.Add(reader);
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
        TextNormalizer normalizer = TextNormalizer.For(wanted.Name, wanted.Version);
        return normalizer.Version == wanted.Version && normalizer.TableDigest == wanted.Tables
            ? normalizer
            : throw new ReciteException(
                $"The index at '{path}' was normalized by {wanted.Name}/{wanted.Version} (Unicode {wanted.Unicode}) with other tables than this program has. Build it anew or use the Recite that made it.");
    }

    private (SegmentReader Segment, long Local) Locate(long number)
    {
        (int segment, long local) = Rows.LocateNumber(number);
        return (Segments[segment], local);
    }
}
