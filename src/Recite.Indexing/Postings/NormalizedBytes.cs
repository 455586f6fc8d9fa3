using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Postings;

/// <summary>The normalized text of a segment in memory, as the ordering of heavy lists reads it. Beyond either end stand gaps.</summary>
/// <param name="start">First byte; stays where it is while this is used.</param>
/// <param name="length">Bytes.</param>
/// <param name="mappedFile">First byte of the mapped file that this is part of; null for other memory.</param>
internal readonly unsafe struct NormalizedBytes(byte* start, long length, byte* mappedFile = null)
{
    public long Length => length;

    /// <summary>Lets go of the pages of a mapped text that were read; other memory has nothing to be read again from and is left alone.</summary>
    public void Release()
    {
        if (mappedFile is not null)
            MemoryAdvice.Release(mappedFile, start + length - mappedFile);
    }

    /// <summary>Eight bytes from a position on, as a number that orders like the bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong After(long position) => position >= 0 && position <= length - sizeof(ulong)
        ? Reverse(Unsafe.ReadUnaligned<ulong>(start + position))
        : AfterAtEdge(position);

    /// <summary>The eight bytes before a position, as a number that orders like the bytes read backwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Before(long position) => position >= sizeof(ulong) && position <= length
        ? Keep(Unsafe.ReadUnaligned<ulong>(start + position - sizeof(ulong)))
        : BeforeAtEdge(position);

    private static ulong Reverse(ulong word) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(word) : word;

    private static ulong Keep(ulong word) => BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);

    private ulong AfterAtEdge(long position)
    {
        ulong word = 0;
        for (int i = 0; i < sizeof(ulong); i++)
            word = (word << 8) | At(position + i);
        return word;
    }

    private ulong BeforeAtEdge(long position)
    {
        ulong word = 0;
        for (int i = 1; i <= sizeof(ulong); i++)
            word = (word << 8) | At(position - i);
        return word;
    }

    private byte At(long position) => position >= 0 && position < length ? start[position] : SegmentPlan.Gap;
}
