using System.Buffers.Binary;

namespace Recite.Indexing.Segments.Documents;

/// <summary>A document that was removed.</summary>
/// <param name="Document">Its row in the segment.</param>
/// <param name="TextIsDead">Whether it held a text that no document has any more.</param>
internal readonly record struct RemovedRow(long Document, bool TextIsDead)
{
    public const int Bytes = 16;

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target, Document);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], TextIsDead ? 1 : 0);
    }

    public static RemovedRow Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadInt64LittleEndian(source), BinaryPrimitives.ReadInt64LittleEndian(source[8..]) != 0);
}
