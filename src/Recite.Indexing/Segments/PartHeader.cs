using System.Buffers.Binary;
using System.IO.Hashing;

namespace Recite.Indexing.Segments;

/// <summary>What a file of a segment holds.</summary>
internal enum PartKind
{
    Text = 1,
    Blocks = 2,
    Documents = 3,
    Names = 4,
    Directory = 5,
    Normalized = 6,
    Prints = 7,
    Slots = 8,
    Heavy = 9,
    Keys = 16,
    Copies = 17,
    Removed = 18,
}

/// <summary>The first 64 bytes of every segment file; drawn in docs/formats/index-v1.md.</summary>
/// <param name="Kind">What the payload is.</param>
/// <param name="PayloadBytes">Bytes after the header.</param>
/// <param name="Count">Rows or entries of the payload.</param>
/// <param name="Parameter1">Meaning depends on the kind.</param>
/// <param name="Parameter2">Meaning depends on the kind.</param>
internal readonly record struct PartHeader(PartKind Kind, long PayloadBytes, long Count, int Parameter1 = 0, int Parameter2 = 0)
{
    public const int Bytes = 64;
    public const int FormatVersion = 1;

    private const int ChecksumOffset = 56;

    private static ReadOnlySpan<byte> Magic => "RECITEIX"u8;

    public void Write(Span<byte> target)
    {
        target[..Bytes].Clear();
        Magic.CopyTo(target);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], FormatVersion);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], (int)Kind);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], PayloadBytes);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], Count);
        BinaryPrimitives.WriteInt32LittleEndian(target[32..], Parameter1);
        BinaryPrimitives.WriteInt32LittleEndian(target[36..], Parameter2);
        BinaryPrimitives.WriteUInt64LittleEndian(target[ChecksumOffset..], XxHash3.HashToUInt64(target[..ChecksumOffset]));
    }

    /// <summary>Reads a header; null when the magic or the checksum does not hold.</summary>
    public static PartHeader? Read(ReadOnlySpan<byte> source, out int version)
    {
        version = 0;
        if (source.Length < Bytes || !source.StartsWith(Magic))
            return null;

        version = BinaryPrimitives.ReadInt32LittleEndian(source[8..]);
        if (BinaryPrimitives.ReadUInt64LittleEndian(source[ChecksumOffset..]) != XxHash3.HashToUInt64(source[..ChecksumOffset]))
            return null;

        return new PartHeader(
            (PartKind)BinaryPrimitives.ReadInt32LittleEndian(source[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[24..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[32..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[36..]));
    }
}
