using System.Buffers.Binary;

namespace Recite.Indexing.Segments.Documents;

/// <summary>The key of a text and the document that holds it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Document">The document's row.</param>
internal readonly record struct KeyRow(UInt128 Key, long Document)
{
    public const int Bytes = 24;

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt128BigEndian(target, Key);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], Document);
    }

    public static KeyRow Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(source), BinaryPrimitives.ReadInt64LittleEndian(source[16..]));

    /// <summary>By key, then by document.</summary>
    public static int Compare(KeyRow a, KeyRow b) => a.Key != b.Key ? a.Key.CompareTo(b.Key) : a.Document.CompareTo(b.Document);
}
