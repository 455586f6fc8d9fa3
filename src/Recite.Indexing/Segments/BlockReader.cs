using System.Buffers;
using Recite.Indexing.Text;

namespace Recite.Indexing.Segments;

/// <summary>Decodes blocks of the text part, by way of a cache that all segments of an index share.</summary>
internal sealed class BlockReader
{
    private readonly MappedPart _text;
    private readonly RowTable<BlockRow> _rows;
    private readonly RowTable<DocumentRow> _documents;
    private readonly TextNormalizer _normalizer;
    private readonly long _normalizedBytes;
    private readonly long[] _normalizedStarts;
    private readonly BlockCache _cache;

    public BlockReader(
        MappedPart text, MappedPart blocks, RowTable<DocumentRow> documents, TextNormalizer normalizer, ManifestSegment segment, BlockCache cache)
    {
        (_text, _documents, _normalizer, _cache) = (text, documents, normalizer, cache);
        (OriginalBytes, _normalizedBytes) = (segment.StoredBytes, segment.NormalizedBytes);
        _rows = new RowTable<BlockRow>(blocks, BlockRow.Bytes, BlockRow.Read);
        _normalizedStarts = new long[_rows.Count];
        long originalStart = 0;
        for (int i = 0; i < _normalizedStarts.Length; i++)
        {
            // What stands before the first block's text, the gap of an empty document, belongs to it.
            BlockRow row = _rows[i];
            _normalizedStarts[i] = i == 0 ? 0 : row.NormalizedStart;
            bool isInOrder = row.OriginalStart == originalStart && row.OriginalBytes > 0 && row.OriginalBytes <= OriginalBytes - originalStart
                && row.NormalizedStart >= _normalizedStarts[Math.Max(0, i - 1)] && row.NormalizedStart <= _normalizedBytes;
            if (!isInOrder)
                throw blocks.Corrupt("its blocks are out of order");
            originalStart += row.OriginalBytes;
        }

        if (originalStart != OriginalBytes)
            throw blocks.Corrupt("its blocks are not all of the text");
    }

    public int Count => _normalizedStarts.Length;

    /// <summary>Bytes of original text in all blocks.</summary>
    public long OriginalBytes { get; }

    /// <summary>Where this segment's first block falls in the shared cache; segments start at different places.</summary>
    public required int CacheOffset { get; init; }

    /// <summary>Whether the segment stores its normalized text, so that blocks need not be normalized.</summary>
    public required bool IsNormalizedStored { get; init; }

    /// <summary>The block that covers a normalized coordinate inside the segment.</summary>
    public DecodedBlock AtNormalized(long position)
    {
        if (Count == 0)
            return OnlyGaps();
        int found = Array.BinarySearch(_normalizedStarts, position);
        int block = found >= 0 ? found : ~found - 1;

        // Blocks of nothing but separators share a start with their successor; the last of equal starts covers the position.
        while (block + 1 < Count && _normalizedStarts[block + 1] <= position)
            block++;
        return this[block];
    }

    // Copies and empty documents alone have no text, but an empty document has its gap.
    private DecodedBlock OnlyGaps()
    {
        if (_normalizedBytes > SegmentPlan.BlockBytes)
            throw _text.Corrupt("its blocks are missing");
        var gaps = new byte[_normalizedBytes];
        gaps.AsSpan().Fill(SegmentPlan.Gap);
        return new DecodedBlock(default, [], 0, gaps, []);
    }

    /// <summary>The block that holds a byte of the segment's original text.</summary>
    public DecodedBlock AtOriginal(long position)
    {
        long block = _rows.FindLast(position, row => row.OriginalStart);
        return block >= 0 ? this[(int)block] : throw _text.Corrupt("its first block is missing");
    }

    public DecodedBlock this[int block]
    {
        get
        {
            if ((uint)block >= (uint)Count)
                throw _text.Corrupt($"it has no block {block}");

            if (_cache.Find(this, block) is { } cached)
                return cached;

            DecodedBlock decoded = Decode(block, _rows[block]);
            _cache.Keep(this, block, decoded);
            return decoded;
        }
    }

    /// <summary>The original text of a block, checked against its checksum and not kept.</summary>
    public byte[] ReadOriginal(int block) => ReadChecked(block, _rows[block], out _);

    private DecodedBlock Decode(int block, BlockRow row)
    {
        byte[] original = ReadChecked(block, row, out ReadOnlySpan<byte> storedPoints);
        if (!CheckPoints.TryRead(storedPoints, original.Length, out CheckPoint[]? points))
            throw _text.Corrupt($"the check points of block {block} cannot be");

        long start = _normalizedStarts[block];
        long end = NormalizedEnd(block);
        var decoded = new DecodedBlock(row, original, start, [], points);
        return IsNormalizedStored ? decoded : decoded with { Normalized = Normalize(decoded, start, end) };
    }

    private byte[] ReadChecked(int block, BlockRow row, out ReadOnlySpan<byte> points)
    {
        Bound(block, row);
        byte[] original = Decompress(row);
        points = PointsOf(block, row);
        return BlockRow.ChecksumOf(original, points) == row.Checksum ? original : throw _text.Corrupt($"the checksum of block {block} does not hold");
    }

    // They stand between the text of a block and that of the next.
    private ReadOnlySpan<byte> PointsOf(int block, BlockRow row)
    {
        long start = row.StoredOffset + row.StoredBytes;
        long end = block + 1 < Count ? _rows[block + 1].StoredOffset : _text.Header.PayloadBytes;
        if (start < 0 || end < start || end - start > row.OriginalBytes * 2L)
            throw _text.Corrupt($"the check points of block {block} do not have a place");
        return _text.Slice(start, (int)(end - start));
    }

    // Asked before anything is allocated. That the blocks are no longer than the text, all together, is known since they were opened.
    private void Bound(int block, BlockRow row)
    {
        if (row.OriginalBytes > SegmentPlan.LargestDocumentBytes + SegmentPlan.BlockBytes || row.StoredBytes > row.OriginalBytes)
            throw _text.Corrupt($"block {block} is longer than a block can be");
        long normalized = NormalizedEnd(block) - _normalizedStarts[block];
        if (normalized > ((long)row.OriginalBytes * SegmentPlan.MostNormalizedBytesPerByte) + SegmentPlan.MostGapBytesOfBlock)
            throw _text.Corrupt($"block {block} covers more than its text can become");
    }

    private long NormalizedEnd(int block) => block + 1 < Count ? _normalizedStarts[block + 1] : _normalizedBytes;

    private byte[] Decompress(BlockRow row)
    {
        ReadOnlySpan<byte> stored = _text.Slice(row.StoredOffset, row.StoredBytes);
        if (row.StoredBytes == row.OriginalBytes)
            return stored.ToArray();

        try
        {
            // The frame says its length; trusting the table instead bounds what a damaged frame can ask for.
            if (ZstdSharp.Decompressor.GetDecompressedSize(stored) != (ulong)row.OriginalBytes)
                throw _text.Corrupt("a block does not have the length its table says");

            var original = new byte[row.OriginalBytes];
            return _cache.Decompress(stored, original) == original.Length
                ? original
                : throw _text.Corrupt("a block is shorter than its table says");
        }
        catch (ZstdSharp.ZstdException e)
        {
            throw _text.Corrupt($"a block cannot be decompressed ({e.Message})");
        }
    }

    /// <summary>What to say of text that is not what its tables say.</summary>
    public ReciteException Corrupt(string what) => _text.Corrupt(what);

    private byte[] Normalize(DecodedBlock block, long start, long end)
    {
        var normalized = new byte[end - start];
        normalized.AsSpan().Fill(SegmentPlan.Gap);
        var buffer = new ArrayBufferWriter<byte>();
        int read = 0;
        long first = Math.Max(0, _documents.FindLast(block.Row.OriginalStart, row => row.OriginalStart));
        for (long number = first; number < _documents.Count; number++)
        {
            DocumentRow document = _documents[number];
            if (document.OriginalStart >= block.Row.OriginalStart + block.Original.Length)
                break;
            if (document.IsCopy)
                continue;

            // Documents stand one behind the other; without this, many that claim the same text would each be normalized.
            TextSpan piece = block.PieceOf(document);
            if (piece.Start < read)
                throw _text.Corrupt("two documents claim the same text");
            read = piece.End;
            buffer.ResetWrittenCount();
            _normalizer.Normalize(block.Original.AsSpan(piece.Start, piece.Length), buffer);
            long at = block.PieceNormalizedStart(document) - start;
            if (piece.IsEmpty)
                continue;
            if (at < 0 || at > normalized.Length - buffer.WrittenCount)
                throw _text.Corrupt("a document does not fit its place");
            buffer.WrittenSpan.CopyTo(normalized.AsSpan((int)at));
        }

        return normalized;
    }
}
