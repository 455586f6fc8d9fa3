using System.Buffers.Binary;

namespace Recite.Indexing.Segments.Documents;

/// <summary>A document of a segment that repeats the text of another one.</summary>
/// <param name="Original">Row of the document that holds the text, counted over all segments.</param>
/// <param name="Document">Row of the copy in its segment.</param>
internal readonly record struct CopyRow(long Original, long Document)
{
    public const int Bytes = 16;

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target, Original);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], Document);
    }

    public static CopyRow Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadInt64LittleEndian(source), BinaryPrimitives.ReadInt64LittleEndian(source[8..]));

    /// <summary>By original, then by document.</summary>
    public static int Compare(CopyRow a, CopyRow b) => a.Original != b.Original ? a.Original.CompareTo(b.Original) : a.Document.CompareTo(b.Document);
}
