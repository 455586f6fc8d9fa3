using System.Buffers.Binary;

namespace Recite.Indexing.Segments;

/// <summary>Where one document stands in its segment, or whose text it repeats.</summary>
/// <param name="OriginalStart">First byte in the segment's original text; of a copy, where its text would have been.</param>
/// <param name="OriginalBytes">Bytes of original text; of a copy, as many as its original has.</param>
/// <param name="NormalizedStart">First byte in the segment's normalized coordinates; of a copy, where its text would have been.</param>
/// <param name="NormalizedBytes">Bytes of normalized text, none for a copy; behind text stands at least one gap byte.</param>
/// <param name="NameOffset">First byte of the id in the names part; the uri follows it.</param>
/// <param name="IdBytes">UTF-8 bytes of the id.</param>
/// <param name="UriBytes">UTF-8 bytes of the uri.</param>
/// <param name="Original">Row of the document that holds the text of a copy, counted over all segments; -1 for one that holds its own.</param>
internal readonly record struct DocumentRow(
    long OriginalStart, long OriginalBytes, long NormalizedStart, long NormalizedBytes, long NameOffset, int IdBytes, int UriBytes, long Original)
{
    public const int Bytes = 56;

    /// <summary>The value of <see cref="Original"/> in the row of a document that holds its own text.</summary>
    public const long HoldsText = -1;

    public long NormalizedEnd => NormalizedStart + NormalizedBytes;

    public bool IsCopy => Original != HoldsText;

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target, OriginalStart);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], OriginalBytes);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], NormalizedStart);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], NormalizedBytes);
        BinaryPrimitives.WriteInt64LittleEndian(target[32..], NameOffset);
        BinaryPrimitives.WriteInt32LittleEndian(target[40..], IdBytes);
        BinaryPrimitives.WriteInt32LittleEndian(target[44..], UriBytes);
        BinaryPrimitives.WriteInt64LittleEndian(target[48..], Original);
    }

    public static DocumentRow Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadInt64LittleEndian(source),
        BinaryPrimitives.ReadInt64LittleEndian(source[8..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[16..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[24..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[32..]),
        BinaryPrimitives.ReadInt32LittleEndian(source[40..]),
        BinaryPrimitives.ReadInt32LittleEndian(source[44..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[48..]));
}
