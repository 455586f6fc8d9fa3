using System.Globalization;
using System.Text;
using Parquet.Data;

namespace Recite.Ingest.Parquet;

/// <summary>The values of one column of one row group, taken row by row from the first to the last.</summary>
/// <param name="values">The values that are there, without those that are not.</param>
/// <param name="maxLevel">The definition level of a value that is there.</param>
internal sealed class ParquetColumn(RawColumnData values, int maxLevel) : IDisposable
{
    private int _row;
    private int _value;

    /// <summary>Whether the column has a type that names and texts have.</summary>
    public bool IsReadable => values is RawColumnData<ReadOnlyMemory<char>> or RawColumnData<ReadOnlyMemory<byte>> or RawColumnData<long> or RawColumnData<int> or RawColumnData<ulong> or RawColumnData<uint> or RawColumnData<Guid>;

    /// <summary>The value of the next row as UTF-8; null when there is none.</summary>
    /// <param name="maxBytes">Longest value that is given.</param>
    /// <param name="isTooLong">Whether there is a value that is longer.</param>
    public byte[]? Next(long maxBytes, out bool isTooLong)
    {
        isTooLong = false;
        int row = _row++;
        bool isThere = maxLevel == 0 || (row < values.DefinitionLevels.Length && values.DefinitionLevels[row] == maxLevel);
        if (!isThere)
            return null;
        int at = _value++;
        return values switch
        {
            RawColumnData<ReadOnlyMemory<char>> text => Utf8(Take(text, at).Span, maxBytes, out isTooLong),
            RawColumnData<ReadOnlyMemory<byte>> bytes => Bytes(Take(bytes, at).Span, maxBytes, out isTooLong),
            RawColumnData<long> number => Number(Take(number, at)),
            RawColumnData<int> number => Number(Take(number, at)),
            RawColumnData<ulong> number => Number(Take(number, at)),
            RawColumnData<uint> number => Number(Take(number, at)),
            RawColumnData<Guid> number => Encoding.UTF8.GetBytes(Take(number, at).ToString("D", CultureInfo.InvariantCulture)),
            _ => null,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => values.Dispose();

    // Fewer values than levels promise is damage, which the caller tells.
    private static T Take<T>(RawColumnData<T> data, int at)
        where T : struct => at < data.Values.Length ? data.Values[at] : throw new InvalidDataException();

    private static byte[]? Utf8(ReadOnlySpan<char> text, long maxBytes, out bool isTooLong)
    {
        isTooLong = text.Length > maxBytes || Encoding.UTF8.GetByteCount(text) > maxBytes;
        if (isTooLong)
            return null;
        byte[] utf8 = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, utf8);
        return utf8;
    }

    private static byte[]? Bytes(ReadOnlySpan<byte> bytes, long maxBytes, out bool isTooLong)
    {
        isTooLong = bytes.Length > maxBytes;
        return isTooLong ? null : bytes.ToArray();
    }

    private static byte[] Number(IFormattable number) => Encoding.UTF8.GetBytes(number.ToString(null, CultureInfo.InvariantCulture));
}
