using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Recite.Ingest.Containers;
using Recite.Ingest.Inputs;
using ZstdSharp;

namespace Recite.Ingest.Zip;

/// <summary>
/// What one file of a zip archive unpacks to. At its end length and checksum are compared with the directory's, so that a
/// damaged file never looks like a whole one.
/// </summary>
internal sealed class ZipEntryStream : ForwardStream
{
    private const int LocalHeaderBytes = 30;

    private readonly Stream _unpacked;
    private readonly ZipEntry _entry;
    private readonly UnpackBudget _budget;
    private readonly string _label;
    private readonly Crc32 _crc = new();
    private long _bytes;

    private ZipEntryStream(Stream unpacked, ZipEntry entry, UnpackBudget budget, string label)
    {
        _unpacked = unpacked;
        _entry = entry;
        _budget = budget;
        _label = label;
    }

    /// <summary>Opens an entry.</summary>
    /// <param name="archive">The archive, which stays open and which nobody else reads meanwhile.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="budget">What is charged with what comes out.</param>
    /// <param name="label">The entry as sentences show it.</param>
    /// <exception cref="IngestException">It is encrypted, packed in a way that nobody knows, or not where the directory says.</exception>
    public static ZipEntryStream Open(Stream archive, ZipEntry entry, UnpackBudget budget, string label)
    {
        if (entry.IsEncrypted)
            throw new IngestException(SkipKind.Encrypted, $"{label} is encrypted: unpack it with its password first.");
        if (entry.Method is not (0 or 8 or 93))
            throw new IngestException(SkipKind.Unsupported, $"{label} is packed by ZIP method {entry.Method}, which is not read here: pack it anew with deflate.");

        Span<byte> header = stackalloc byte[LocalHeaderBytes];
        archive.Position = entry.HeaderOffset;
        if (archive.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header.StartsWith("PK\u0003\u0004"u8))
            throw Damaged(label);
        long start = entry.HeaderOffset + LocalHeaderBytes + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        var packed = new StreamPart(archive, start, entry.PackedBytes);
        Stream unpacked = entry.Method switch
        {
            0 => packed,
            8 => new DeflateStream(packed, CompressionMode.Decompress),
            _ => new DecompressionStream(packed, leaveOpen: false),
        };
        return new ZipEntryStream(unpacked, entry, budget, label);
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            int length = _unpacked.Read(buffer);
            _crc.Append(buffer[..length]);
            _bytes += length;
            _budget.Charge(length);
            bool isWhole = _bytes == _entry.UnpackedBytes && _crc.GetCurrentHashAsUInt32() == _entry.Crc32;
            if (_bytes > _entry.UnpackedBytes || (length == 0 && !buffer.IsEmpty && !isWhole))
                throw Damaged(_label);
            return length;
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or ZstdException)
        {
            throw Damaged(_label);
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<int>(Read(buffer.Span));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _unpacked.Dispose();
        base.Dispose(disposing);
    }

    private static IngestException Damaged(string label) => new(SkipKind.Damaged, $"{label} is damaged: its bytes do not unpack to what the archive promises; fetch or pack the archive again.");
}
