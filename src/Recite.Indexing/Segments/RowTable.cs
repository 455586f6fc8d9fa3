namespace Recite.Indexing.Segments;

/// <summary>Reads one row of a fixed-width table.</summary>
internal delegate T RowDecoder<out T>(ReadOnlySpan<byte> row);

/// <summary>A mapped table of fixed-width rows, ordered by a position that can be searched.</summary>
internal sealed class RowTable<T>(MappedPart part, int rowBytes, RowDecoder<T> decode)
    where T : struct
{
    public long Count { get; } = part.Header.Count >= 0 && part.Header.Count <= part.Header.PayloadBytes / rowBytes
        ? part.Header.Count
        : throw part.Corrupt("its row count does not fit its length");

    public T this[long row] => decode(part.Slice(row * rowBytes, rowBytes));

    /// <summary>The last row whose key is at most <paramref name="position"/>, or -1.</summary>
    public long FindLast(long position, Func<T, long> key)
    {
        long low = -1;
        long high = Count;
        while (high - low > 1)
        {
            long middle = low + ((high - low) / 2);
            if (key(this[middle]) <= position)
                low = middle;
            else
                high = middle;
        }

        return low;
    }
}
