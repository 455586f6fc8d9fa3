using Recite.Indexing.Segments;

namespace Recite.Indexing.Matching.Near;

/// <summary>Copies stretches of a segment's normalized text, whichever way it is stored.</summary>
internal static class NormalizedCopy
{
    /// <summary>Fills <paramref name="target"/> from a coordinate on; all of it must lie in the segment.</summary>
    public static void CopyTo(this NormalizedReader reader, long start, Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            NormalizedChunk chunk = reader.ChunkAt(start);
            ReadOnlySpan<byte> bytes = chunk.Bytes[(int)(start - chunk.Start)..];
            int length = Math.Min(bytes.Length, target.Length);
            bytes[..length].CopyTo(target);
            target = target[length..];
            start += length;
        }
    }
}
