using System.Buffers.Binary;
using System.Numerics;
using Recite.Indexing.Postings;

namespace Recite.Indexing.Segments;

/// <summary>A stretch of a segment's normalized coordinates.</summary>
/// <param name="start">Coordinate of the first byte.</param>
/// <param name="bytes">Normalized text and gaps.</param>
internal readonly ref struct NormalizedChunk(long start, ReadOnlySpan<byte> bytes)
{
    public long Start { get; } = start;

    public ReadOnlySpan<byte> Bytes { get; } = bytes;
}

/// <summary>Compares queries with the normalized text of a segment, whichever way it is stored.</summary>
internal sealed unsafe class NormalizedReader(BlockReader blocks, MappedPart? normalized, long length)
{
    private const int MappedChunkBits = 26;

    public long Length { get; } = length;

    /// <summary>Whether the text lies in memory as it is compared, so that asking for it ahead is worth while.</summary>
    public bool IsMapped => normalized is not null;

    /// <summary>The chunk that covers <paramref name="position"/>, which lies in [0, <see cref="Length"/>).</summary>
    public NormalizedChunk ChunkAt(long position)
    {
        if (normalized is null)
        {
            DecodedBlock block = blocks.AtNormalized(position);
            return new NormalizedChunk(block.NormalizedStart, block.Normalized);
        }

        long start = position >> MappedChunkBits << MappedChunkBits;
        return new NormalizedChunk(start, normalized.Slice(start, (int)Math.Min(1L << MappedChunkBits, Length - start)));
    }

    /// <summary>Asks for the text around a position, so many bytes before it and from it on, without waiting.</summary>
    public void Prefetch(long position, int before, int after)
    {
        if (normalized is null || position < before || position > Length - after)
            return;
        byte* at = normalized.Payload + position;
        PostingsReader.Prefetch(at - before);
        PostingsReader.Prefetch(at + after - 1);
    }

    /// <summary>How many bytes from <paramref name="position"/> on equal those of <paramref name="query"/>.</summary>
    public int CommonForward(long position, ReadOnlySpan<byte> query)
    {
        if (normalized is not null)
        {
            return position < 0 || position >= Length
                ? 0
                : new ReadOnlySpan<byte>(normalized.Payload + position, (int)Math.Min(query.Length, Length - position)).CommonPrefixLength(query);
        }

        int common = 0;
        while (common < query.Length && position >= 0 && position < Length)
        {
            NormalizedChunk chunk = ChunkAt(position);
            ReadOnlySpan<byte> text = chunk.Bytes[(int)(position - chunk.Start)..];
            int equal = text.CommonPrefixLength(query[common..]);
            common += equal;
            position += equal;
            if (equal < text.Length)
                break;
        }

        return common;
    }

    /// <summary>How many bytes before <paramref name="position"/> equal the end of <paramref name="query"/>.</summary>
    public int CommonBackward(long position, ReadOnlySpan<byte> query)
    {
        if (normalized is not null)
        {
            if (position <= 0 || position > Length)
                return 0;
            int room = (int)Math.Min(query.Length, position);
            return CommonSuffixLength(new ReadOnlySpan<byte>(normalized.Payload + position - room, room), query);
        }

        int common = 0;
        while (common < query.Length && position > 0 && position <= Length)
        {
            NormalizedChunk chunk = ChunkAt(position - 1);
            ReadOnlySpan<byte> text = chunk.Bytes[..(int)(position - chunk.Start)];
            int equal = CommonSuffixLength(text, query[..^common]);
            common += equal;
            position -= equal;
            if (equal < text.Length)
                break;
        }

        return common;
    }

    /// <summary>The byte at a position; a gap beyond either end.</summary>
    public byte At(long position)
    {
        if (position < 0 || position >= Length)
            return SegmentPlan.Gap;
        if (normalized is not null)
            return normalized.Payload[position];
        NormalizedChunk chunk = ChunkAt(position);
        return chunk.Bytes[(int)(position - chunk.Start)];
    }

    public bool EqualsAt(long position, ReadOnlySpan<byte> text) =>
        position >= 0 && position <= Length - text.Length && CommonForward(position, text) == text.Length;

    private static int CommonSuffixLength(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        int limit = Math.Min(a.Length, b.Length);
        a = a[^limit..];
        b = b[^limit..];
        int common = 0;
        for (; limit - common >= sizeof(ulong); common += sizeof(ulong))
        {
            // Numbers whose upper end is the last byte: leading zeros of the difference are equal bytes counted from there.
            ulong different = BinaryPrimitives.ReadUInt64LittleEndian(a[^(common + sizeof(ulong))..])
                ^ BinaryPrimitives.ReadUInt64LittleEndian(b[^(common + sizeof(ulong))..]);
            if (different != 0)
                return common + (BitOperations.LeadingZeroCount(different) >> 3);
        }

        while (common < limit && a[^(common + 1)] == b[^(common + 1)])
            common++;
        return common;
    }
}
