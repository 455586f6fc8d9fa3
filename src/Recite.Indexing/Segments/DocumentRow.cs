using System.Buffers.Binary;

namespace Recite.Indexing.Segments;

/// <summary>Where one document stands in its segment.</summary>
/// <param name="OriginalStart">First byte in the segment's original text.</param>
/// <param name="OriginalBytes">Bytes of original text.</param>
/// <param name="NormalizedStart">First byte in the segment's normalized coordinates.</param>
/// <param name="NormalizedBytes">Bytes of normalized text; at least one gap byte follows.</param>
/// <param name="NameOffset">First byte of the id in the names part; the uri follows it.</param>
/// <param name="IdBytes">UTF-8 bytes of the id.</param>
/// <param name="UriBytes">UTF-8 bytes of the uri.</param>
internal readonly record struct DocumentRow(
    long OriginalStart, long OriginalBytes, long NormalizedStart, long NormalizedBytes, long NameOffset, int IdBytes, int UriBytes)
{
    public const int Bytes = 48;

    public long NormalizedEnd => NormalizedStart + NormalizedBytes;

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target, OriginalStart);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], OriginalBytes);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], NormalizedStart);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], NormalizedBytes);
        BinaryPrimitives.WriteInt64LittleEndian(target[32..], NameOffset);
        BinaryPrimitives.WriteInt32LittleEndian(target[40..], IdBytes);
        BinaryPrimitives.WriteInt32LittleEndian(target[44..], UriBytes);
    }

    public static DocumentRow Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadInt64LittleEndian(source),
        BinaryPrimitives.ReadInt64LittleEndian(source[8..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[16..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[24..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[32..]),
        BinaryPrimitives.ReadInt32LittleEndian(source[40..]),
        BinaryPrimitives.ReadInt32LittleEndian(source[44..]));
}
