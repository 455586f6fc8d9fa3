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
internal sealed class NormalizedReader(BlockReader blocks, MappedPart? normalized, long length)
{
    private const int MappedChunkBits = 26;
    private const int BackwardStep = 64;

    public long Length { get; } = length;

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

    /// <summary>How many bytes from <paramref name="position"/> on equal those of <paramref name="query"/>.</summary>
    public int CommonForward(long position, ReadOnlySpan<byte> query)
    {
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
        int common = 0;
        while (common < query.Length && position > 0)
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

    public bool EqualsAt(long position, ReadOnlySpan<byte> text) =>
        position >= 0 && position <= Length - text.Length && CommonForward(position, text) == text.Length;

    private static int CommonSuffixLength(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        int limit = Math.Min(a.Length, b.Length);
        int common = 0;
        while (limit - common >= BackwardStep
            && a.Slice(a.Length - common - BackwardStep, BackwardStep).SequenceEqual(b.Slice(b.Length - common - BackwardStep, BackwardStep)))
        {
            common += BackwardStep;
        }

        while (common < limit && a[^(common + 1)] == b[^(common + 1)])
            common++;
        return common;
    }
}
