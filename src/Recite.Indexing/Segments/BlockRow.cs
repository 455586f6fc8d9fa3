using System.Buffers.Binary;
using System.IO.Hashing;

namespace Recite.Indexing.Segments;

/// <summary>
/// One block of the text part: about 32 KiB of original text, cut where normalization can be cut, compressed by itself.
/// </summary>
/// <param name="StoredOffset">First byte in the text part.</param>
/// <param name="StoredBytes">Bytes there; equal to <paramref name="OriginalBytes"/> when stored raw.</param>
/// <param name="OriginalBytes">Bytes of original text.</param>
/// <param name="OriginalStart">Position of the first byte in the segment's original text.</param>
/// <param name="NormalizedStart">Position of the block's first normalized byte.</param>
/// <param name="Checksum">XXH3 of the original bytes, with that of the check points as its seed.</param>
internal readonly record struct BlockRow(long StoredOffset, int StoredBytes, int OriginalBytes, long OriginalStart, long NormalizedStart, ulong Checksum)
{
    public const int Bytes = 40;

    /// <summary>What is kept as <see cref="Checksum"/>.</summary>
    public static ulong ChecksumOf(ReadOnlySpan<byte> original, ReadOnlySpan<byte> points) =>
        XxHash3.HashToUInt64(original, (long)XxHash3.HashToUInt64(points));

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target, StoredOffset);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], StoredBytes);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], OriginalBytes);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], OriginalStart);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], NormalizedStart);
        BinaryPrimitives.WriteUInt64LittleEndian(target[32..], Checksum);
    }

    public static BlockRow Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadInt64LittleEndian(source),
        BinaryPrimitives.ReadInt32LittleEndian(source[8..]),
        BinaryPrimitives.ReadInt32LittleEndian(source[12..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[16..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[24..]),
        BinaryPrimitives.ReadUInt64LittleEndian(source[32..]));
}
