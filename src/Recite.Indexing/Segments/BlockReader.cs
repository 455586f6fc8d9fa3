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
        MappedPart text, MappedPart blocks, RowTable<DocumentRow> documents, TextNormalizer normalizer, long normalizedBytes, BlockCache cache)
    {
        (_text, _documents, _normalizer, _normalizedBytes, _cache) = (text, documents, normalizer, normalizedBytes, cache);
        _rows = new RowTable<BlockRow>(blocks, BlockRow.Bytes, BlockRow.Read);
        _normalizedStarts = new long[_rows.Count];
        for (int i = 1; i < _normalizedStarts.Length; i++)
        {
            _normalizedStarts[i] = _rows[i].NormalizedStart;
            if (_normalizedStarts[i] < _normalizedStarts[i - 1] || _normalizedStarts[i] > normalizedBytes)
                throw blocks.Corrupt("its blocks are out of order");
        }
    }

    public int Count => _normalizedStarts.Length;

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

    private DecodedBlock Decode(int block, BlockRow row)
    {
        byte[] original = Decompress(row);
        ReadOnlySpan<byte> storedPoints = PointsOf(block, row);
        if (BlockRow.ChecksumOf(original, storedPoints) != row.Checksum)
            throw _text.Corrupt($"the checksum of block {block} does not hold");
        if (!CheckPoints.TryRead(storedPoints, original.Length, out CheckPoint[]? points))
            throw _text.Corrupt($"the check points of block {block} cannot be");

        long start = _normalizedStarts[block];
        long end = block + 1 < Count ? _normalizedStarts[block + 1] : _normalizedBytes;
        var decoded = new DecodedBlock(row, original, start, [], points);
        return IsNormalizedStored ? decoded : decoded with { Normalized = Normalize(decoded, start, end) };
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

    private byte[] Decompress(BlockRow row)
    {
        ReadOnlySpan<byte> stored = _text.Slice(row.StoredOffset, row.StoredBytes);
        if (row.StoredBytes == row.OriginalBytes)
            return stored.ToArray();

        try
        {
            // The frame says its length; trusting the table instead bounds what a damaged frame can ask for.
            if (row.OriginalBytes < 0 || ZstdSharp.Decompressor.GetDecompressedSize(stored) != (ulong)row.OriginalBytes)
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
        if (end - start > int.MaxValue / 2)
            throw _text.Corrupt("a block covers more than can be");

        var normalized = new byte[end - start];
        normalized.AsSpan().Fill(SegmentPlan.Gap);
        var buffer = new ArrayBufferWriter<byte>();
        long first = Math.Max(0, _documents.FindLast(block.Row.OriginalStart, row => row.OriginalStart));
        for (long number = first; number < _documents.Count; number++)
        {
            DocumentRow document = _documents[number];
            if (document.OriginalStart >= block.Row.OriginalStart + block.Original.Length)
                break;
            if (document.IsCopy)
                continue;

            TextSpan piece = block.PieceOf(document);
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
