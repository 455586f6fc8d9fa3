using System.IO.Compression;
using Parquet.Meta;
using Recite.Ingest.Inputs;
using ZstdSharp;

namespace Recite.Ingest.Parquet;

/// <summary>
/// Walks over the pages of one column of one row group before the library unpacks them: it believes their sizes and counts,
/// and a few bytes can claim gigabytes (parquet-format, section "Data pages").
/// </summary>
internal sealed class ParquetPages(Stream stream, InputFile file, IngestOptions options)
{
    private const int MaxHeaderBytes = 1 << 20;
    private const int DeltaByteArray = 7;

    private long _unpackedBytes;
    private long _values;

    private record struct Page(long Type, long UnpackedBytes, long PackedBytes, long Values, long Encoding, long LevelBytes);

    /// <summary>Throws when the pages cost more than they may, or cannot be what the file says they are.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">Rows of the row group.</param>
    /// <param name="label">The column as sentences show it.</param>
    /// <param name="ct">Stops the reading.</param>
    /// <exception cref="IngestException">They do.</exception>
    public async Task RefuseBombsAsync(ColumnMetaData column, long rows, string label, CancellationToken ct)
    {
        _unpackedBytes = _values = 0;
        long at = column.DictionaryPageOffset is > 0 and long dictionary && dictionary < column.DataPageOffset ? dictionary : column.DataPageOffset;
        long end = at + column.TotalCompressedSize;
        if (at < 4 || column.TotalCompressedSize < 0 || end > stream.Length || end < at || column.NumValues != rows)
            throw ParquetFooter.Damaged(file.Label);
        byte[] window = new byte[MaxHeaderBytes];
        while (at < end && _values < rows)
        {
            ct.ThrowIfCancellationRequested();
            stream.Position = at;
            int length = await BoundedRead.FillAsync(stream, window.AsMemory(0, (int)Math.Min(64 << 10, end - at)), ct);
            int headerBytes = TryRead(window.AsSpan(0, length), out Page page);
            if (headerBytes < 0)
            {
                // Statistics in a header can hold whole texts.
                length += await BoundedRead.FillAsync(stream, window.AsMemory(length, (int)Math.Min(MaxHeaderBytes - length, end - at - length)), ct);
                headerBytes = TryRead(window.AsSpan(0, length), out page);
            }

            if (headerBytes < 0 || page.PackedBytes < 0 || page.UnpackedBytes < 0 || page.Values < 0 || page.PackedBytes > end - at - headerBytes)
                throw ParquetFooter.Damaged(file.Label);
            Count(page, rows, label);
            await RefuseBombAsync(page, column.Codec, at + headerBytes, ct);
            at += headerBytes + page.PackedBytes;
        }
    }

    private void Count(Page page, long rows, string label)
    {
        // Pages of type 2 are dictionaries; every value of one takes four bytes at least.
        bool isDictionary = page.Type == (long)PageType.DICTIONARY_PAGE;
        _values += isDictionary ? 0 : page.Values;
        _unpackedBytes += page.UnpackedBytes;
        if (_values > rows || (isDictionary && page.Values > page.UnpackedBytes / 4))
            throw ParquetFooter.Damaged(file.Label);

        // In this encoding each value may repeat all of the one before it.
        bool repeats = page.Encoding == DeltaByteArray && page.Values > 0 && page.UnpackedBytes > options.MaxParquetColumnBytes / page.Values;
        if (repeats || _unpackedBytes > options.MaxParquetColumnBytes)
            throw new IngestException(SkipKind.Limit, $"{label} unpacks to more than {Printable.Bytes(options.MaxParquetColumnBytes)}: write it with smaller row groups.");
    }

    // The library unpacks as much as there is, not as much as the header says.
    private async Task RefuseBombAsync(Page page, CompressionCodec codec, long offset, CancellationToken ct)
    {
        if (codec is CompressionCodec.UNCOMPRESSED or CompressionCodec.LZ4_RAW or CompressionCodec.LZ4 or CompressionCodec.LZO)
            return;
        var packed = new Zip.StreamPart(stream, offset + page.LevelBytes, Math.Max(0, page.PackedBytes - page.LevelBytes));
        long allowed = page.UnpackedBytes - page.LevelBytes;
        if (codec == CompressionCodec.SNAPPY)
        {
            byte[] start = new byte[5];
            int length = await BoundedRead.FillAsync(packed, start, ct);
            if (length > 0 && SnappyLength(start.AsSpan(0, length)) > allowed)
                throw ParquetFooter.Damaged(file.Label);
            return;
        }

        await using Stream unpacked = codec switch
        {
            CompressionCodec.GZIP => new GZipStream(packed, CompressionMode.Decompress),
            CompressionCodec.BROTLI => new BrotliStream(packed, CompressionMode.Decompress),
            CompressionCodec.ZSTD => new DecompressionStream(packed, leaveOpen: false),
            _ => throw ParquetFooter.Damaged(file.Label),
        };
        byte[] buffer = new byte[64 << 10];
        try
        {
            for (int length; (length = await unpacked.ReadAsync(buffer, ct)) > 0;)
            {
                allowed -= length;
                if (allowed < 0)
                    throw ParquetFooter.Damaged(file.Label);
            }
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or InvalidOperationException or ZstdException)
        {
            throw ParquetFooter.Damaged(file.Label, error);
        }
    }

    // Returns the bytes of the header; -1 when it is not whole.
    private static int TryRead(ReadOnlySpan<byte> bytes, out Page page)
    {
        Page read = default;
        var thrift = new ThriftReader(bytes);
        bool isWhole = thrift.TrySkipStruct((outer, field, value) =>
        {
            // PageHeader: 1 type, 2 and 3 sizes, then 5 DataPageHeader, 7 DictionaryPageHeader, 8 DataPageHeaderV2.
            read = (outer, field) switch
            {
                (0, 1) => read with { Type = value },
                (0, 2) => read with { UnpackedBytes = value },
                (0, 3) => read with { PackedBytes = value },
                (5 or 7 or 8, 1) => read with { Values = value },
                (5, 2) or (8, 4) => read with { Encoding = value },
                (8, 5 or 6) when value >= 0 => read with { LevelBytes = read.LevelBytes + value },
                _ => read,
            };
        });
        page = read;
        return isWhole && thrift.Position <= bytes.Length ? thrift.Position : -1;
    }

    private static long SnappyLength(ReadOnlySpan<byte> start)
    {
        long length = 0;
        for (int i = 0; i < start.Length; i++)
        {
            length |= (long)(start[i] & 0x7F) << (7 * i);
            if (start[i] < 0x80)
                break;
        }

        return length;
    }
}
