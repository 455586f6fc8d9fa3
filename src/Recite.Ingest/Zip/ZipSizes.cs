using System.Buffers.Binary;

namespace Recite.Ingest.Zip;

/// <summary>The sizes of an entry, of which those that do not fit 32 bits stand in its extra field (APPNOTE.TXT, section 4.5.3).</summary>
internal struct ZipSizes(uint unpacked, uint packed, uint headerOffset)
{
    private const int Zip64 = 1;

    /// <summary>Bytes that the entry claims to unpack to.</summary>
    public long UnpackedBytes { get; private set; } = unpacked;

    /// <summary>Bytes in the archive.</summary>
    public long PackedBytes { get; private set; } = packed;

    /// <summary>Where the local header begins.</summary>
    public long HeaderOffset { get; private set; } = headerOffset;

    /// <summary>Takes the long sizes from the extra field; false when one is missing.</summary>
    public bool TryReadExtra(ReadOnlySpan<byte> extra)
    {
        if (UnpackedBytes < uint.MaxValue && PackedBytes < uint.MaxValue && HeaderOffset < uint.MaxValue)
            return true;
        while (extra.Length >= 4)
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            extra = extra[4..];
            if (length > extra.Length)
                return false;
            if (id == Zip64)
                return TryTake(extra[..length]);
            extra = extra[length..];
        }

        return false;
    }

    // Only those that are all ones are there, in this order.
    private bool TryTake(ReadOnlySpan<byte> field)
    {
        if (UnpackedBytes == uint.MaxValue)
        {
            if (field.Length < 8)
                return false;
            UnpackedBytes = BinaryPrimitives.ReadInt64LittleEndian(field);
            field = field[8..];
        }

        if (PackedBytes == uint.MaxValue)
        {
            if (field.Length < 8)
                return false;
            PackedBytes = BinaryPrimitives.ReadInt64LittleEndian(field);
            field = field[8..];
        }

        if (HeaderOffset == uint.MaxValue)
        {
            if (field.Length < 8)
                return false;
            HeaderOffset = BinaryPrimitives.ReadInt64LittleEndian(field);
        }

        return true;
    }
}
