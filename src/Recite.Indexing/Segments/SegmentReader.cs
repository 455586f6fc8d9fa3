using System.Text;
using Recite.Indexing.Postings;
using Recite.Indexing.Segments.Documents;
using Recite.Indexing.Text;

namespace Recite.Indexing.Segments;

/// <summary>One open segment: its postings, its texts and its documents. Safe for concurrent readers.</summary>
internal sealed class SegmentReader : IDisposable
{
    private const int LongestName = 1 << 20;

    private readonly List<MappedPart> _parts = [];
    private readonly RowTable<DocumentRow> _documents;
    private readonly MappedPart _names;
    private readonly BlockReader _blocks;
    private readonly OriginalPlaces _places;

    public SegmentReader(string directory, ManifestSegment segment, TextNormalizer normalizer, BlockCache cache, int firstBlock)
    {
        try
        {
            MappedPart documents = Open(directory, segment, PartKind.Documents);
            _documents = new RowTable<DocumentRow>(documents, DocumentRow.Bytes, bytes => Check(DocumentRow.Read(bytes), documents));
            _names = Open(directory, segment, PartKind.Names);
            if (_documents.Count != segment.Documents)
                throw documents.Corrupt("it does not hold as many documents as the manifest says");
            Keys = new KeyTable(Open(directory, segment, PartKind.Keys));
            Copies = new CopyTable(Open(directory, segment, PartKind.Copies));
            Removed = OpenRemoved(directory, segment.Removed);

            MappedPart text = Open(directory, segment, PartKind.Text);
            MappedPart? normalized = segment.Parts.Any(part => part.Name == PartNames.Of(PartKind.Normalized))
                ? Open(directory, segment, PartKind.Normalized)
                : null;
            _blocks = new BlockReader(text, Open(directory, segment, PartKind.Blocks), _documents, normalizer, segment, cache)
            {
                CacheOffset = firstBlock,
                IsNormalizedStored = normalized is not null,
            };
            _places = new OriginalPlaces(_blocks, normalizer);
            Postings = new PostingsReader(
                Open(directory, segment, PartKind.Directory),
                Open(directory, segment, PartKind.Prints),
                Open(directory, segment, PartKind.Slots),
                Open(directory, segment, PartKind.Heavy),
                Vectors.AreOff);
            if (normalized is not null && normalized.Header.PayloadBytes != segment.NormalizedBytes)
                throw normalized.Corrupt("it does not have the length the manifest says");
            Normalized = new NormalizedReader(_blocks, normalized, segment.NormalizedBytes);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public PostingsReader Postings { get; }

    public NormalizedReader Normalized { get; }

    /// <summary>Rows of documents, removed ones included.</summary>
    public long DocumentCount => _documents.Count;

    public KeyTable Keys { get; }

    public CopyTable Copies { get; }

    public RemovedDocuments Removed { get; }

    public int BlockCount => _blocks.Count;

    public DocumentRow this[long document] => _documents[document];

    /// <summary>The document that holds a normalized coordinate.</summary>
    public long FindDocument(long normalizedPosition)
    {
        long document = _documents.FindLast(normalizedPosition, row => row.NormalizedStart);
        return document >= 0 && normalizedPosition < _documents[document].NormalizedEnd
            ? document
            : throw _names.Corrupt($"no document stands at {normalizedPosition}");
    }

    /// <summary>The row of the document that holds the normalized coordinates [<paramref name="start"/>, <paramref name="end"/>), in which no gap stands.</summary>
    public DocumentRow FindRow(long start, long end)
    {
        DocumentRow row = _documents[FindDocument(start)];
        return end <= row.NormalizedEnd ? row : throw _names.Corrupt($"no document stands from {start} to {end}");
    }

    public (string Id, string Uri) ReadName(DocumentRow document)
    {
        if (document.IdBytes is < 0 or > LongestName || document.UriBytes is < 0 or > LongestName)
            throw _names.Corrupt("a name is longer than names can be");
        ReadOnlySpan<byte> id = _names.Slice(document.NameOffset, document.IdBytes);
        ReadOnlySpan<byte> uri = _names.Slice(document.NameOffset + document.IdBytes, document.UriBytes);
        return (Encoding.UTF8.GetString(id), Encoding.UTF8.GetString(uri));
    }

    /// <summary>The original text of a block, past the cache: for a walk through all of them.</summary>
    public ReadOnlyMemory<byte> ReadBlock(int block) => _blocks.ReadOriginal(block);

    /// <summary>Copies <paramref name="length"/> bytes of a document's original text.</summary>
    public byte[] ReadOriginal(DocumentRow document, long start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, document.OriginalBytes - length);
        if (document.OriginalStart > _blocks.OriginalBytes - document.OriginalBytes)
            throw _names.Corrupt("a document reaches beyond the text");
        var text = new byte[length];
        int copied = 0;
        while (copied < length)
        {
            long position = document.OriginalStart + start + copied;
            DecodedBlock block = _blocks.AtOriginal(position);
            long offset = position - block.Row.OriginalStart;
            if (offset < 0 || offset >= block.Original.Length)
                throw _names.Corrupt("a document reaches beyond the text");
            ReadOnlySpan<byte> piece = block.Original.AsSpan((int)offset);
            piece = piece[..Math.Min(piece.Length, length - copied)];
            piece.CopyTo(text.AsSpan(copied));
            copied += piece.Length;
        }

        return text;
    }

    /// <summary>
    /// The smallest span of whole clusters of the document's original text that covers normalized coordinates
    /// [<paramref name="start"/>, <paramref name="end"/>) of the segment; in UTF-8 bytes from the document's first byte.
    /// </summary>
    public (long Start, long End) ToOriginal(DocumentRow document, long start, long end) => _places.ToOriginal(document, start, end);

    public void Dispose()
    {
        foreach (MappedPart part in _parts)
            part.Dispose();
    }

    // A damaged or hostile file may say anything; that a text ends earlier than its row says is found by whoever reads it.
    private static DocumentRow Check(DocumentRow row, MappedPart documents)
    {
        bool isPlausible = (row.OriginalStart | row.OriginalBytes | row.NormalizedStart | row.NormalizedBytes | row.NameOffset) >= 0
            && row.OriginalBytes <= SegmentPlan.LargestDocumentBytes
            && row.OriginalStart <= long.MaxValue - row.OriginalBytes
            && row.NormalizedStart <= long.MaxValue - row.NormalizedBytes;
        return isPlausible ? row : throw documents.Corrupt("a document has a place that cannot be");
    }

    private RemovedDocuments OpenRemoved(string directory, ManifestRemoved? removed)
    {
        if (removed is null)
            return RemovedDocuments.None(_documents);
        MappedPart part = MappedPart.Open(Path.Combine(directory, PartNames.FileName(removed.Name, removed.Part.Name)), PartKind.Removed, removed.Part.Bytes);
        _parts.Add(part);
        var read = RemovedDocuments.Read(part, _documents);
        return read.Count == removed.Documents && read.DeadTexts == removed.Texts
            ? read
            : throw part.Corrupt("it does not hold as many documents as the manifest says");
    }

    private MappedPart Open(string directory, ManifestSegment segment, PartKind kind)
    {
        string name = PartNames.Of(kind);
        ManifestPart part = segment.Parts.FirstOrDefault(part => part.Name == name)
            ?? throw new ReciteException($"The index is damaged: its manifest names no '{name}' file for segment {segment.Name}. Build it anew.");
        MappedPart mapped = MappedPart.Open(Path.Combine(directory, PartNames.FileName(segment.Name, name)), kind, part.Bytes);
        _parts.Add(mapped);
        return mapped;
    }
}
