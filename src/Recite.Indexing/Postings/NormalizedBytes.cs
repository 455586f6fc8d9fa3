using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Postings;

/// <summary>The normalized text of a segment in memory, as the ordering of heavy lists reads it. Beyond either end stand gaps.</summary>
/// <param name="start">First byte; stays where it is while this is used.</param>
/// <param name="length">Bytes.</param>
/// <param name="pages">The pages of the mapped file that this is part of; null for other memory.</param>
internal readonly unsafe struct NormalizedBytes(byte* start, long length, MappedPages? pages = null)
{
    public long Length => length;

    /// <summary>Says that so many places are going to be read, at most <see cref="MappedPages.MostPlacesAtOnce"/>.</summary>
    public void Touch(int places) => pages?.Touch(places);

    /// <summary>Asks for what decides the order of a sampled position in a heavy list, without waiting.</summary>
    public void Prefetch(long position, SamplingPlan sampling)
    {
        // The words next to the k-gram nearly always decide, and stand in one cache line or in two.
        byte* at = start + position;
        PostingsReader.Prefetch(at - sizeof(ulong));
        PostingsReader.Prefetch(at + sampling.Gram + sizeof(ulong) - 1);
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
