using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Arrow;

/// <summary>One column of one batch, taken row by row: which values are there and where they end is in memory, the values are not.</summary>
internal sealed class ArrowColumn
{
    private readonly Stream _stream;
    private readonly ArrowField _field;
    private readonly byte[] _present;
    private readonly byte[] _index;
    private readonly long _values;
    private readonly long _valuesBytes;
    private readonly byte[] _window = new byte[128 << 10];
    private long _windowStart;
    private int _windowBytes;
    private int _row;

    private ArrowColumn(Stream stream, ArrowField field, byte[] present, byte[] index, long values, long valuesBytes)
    {
        _stream = stream;
        _field = field;
        _present = present;
        _index = index;
        _values = values;
        _valuesBytes = valuesBytes;
    }

    /// <summary>Opens the column.</summary>
    /// <exception cref="InvalidDataException">Its buffers do not hold that many rows.</exception>
    public static async Task<ArrowColumn> OpenAsync(Stream stream, ArrowBatch batch, IReadOnlyList<ArrowField> columns, ArrowField field, CancellationToken ct)
    {
        int first = batch.FirstBufferOf(columns, field);

        // Where no value is missing the first buffer may be left out.
        long presentAt = batch.PlaceOf(first, 0, out long presentBytes);
        byte[] present = presentBytes == 0 ? [] : await ReadAsync(stream, presentAt, presentBytes < (batch.Rows + 7) / 8 ? throw new InvalidDataException() : (batch.Rows + 7) / 8, ct);
        if (!field.IsText)
        {
            long bytes = batch.Rows * Math.Abs(field.IntBytes);
            return new ArrowColumn(stream, field, present, await ReadAsync(stream, batch.PlaceOf(first + 1, bytes, out _), bytes, ct), 0, 0);
        }

        long indexBytes = batch.Rows == 0 ? 0 : (batch.Rows + 1) * field.OffsetBytes;
        byte[] index = await ReadAsync(stream, batch.PlaceOf(first + 1, indexBytes, out _), indexBytes, ct);
        long values = batch.PlaceOf(first + 2, 0, out long valuesBytes);
        return new ArrowColumn(stream, field, present, index, values, valuesBytes);
    }

    /// <summary>The value of the next row; null when there is none, or it is too long.</summary>
    /// <exception cref="InvalidDataException">It lies outside the column.</exception>
    public async ValueTask<ArrowValue> NextAsync(long maxBytes, CancellationToken ct)
    {
        int row = _row++;
        if (_present.Length > 0 && (_present[row / 8] & (1 << (row % 8))) == 0)
            return default;
        if (!_field.IsText)
            return new ArrowValue(Encoding.UTF8.GetBytes(Number(row)), IsTooLong: false);
        long start = Offset(row), end = Offset(row + 1);
        if (start < 0 || end < start || end > _valuesBytes)
            throw new InvalidDataException();
        return end - start > maxBytes ? new ArrowValue(null, IsTooLong: true) : new ArrowValue(await ReadValueAsync(_values + start, (int)(end - start), ct), IsTooLong: false);
    }

    private long Offset(int row) => _field.OffsetBytes == sizeof(long)
        ? BinaryPrimitives.ReadInt64LittleEndian(_index.AsSpan(row * sizeof(long)))
        : BinaryPrimitives.ReadInt32LittleEndian(_index.AsSpan(row * sizeof(int)));

    private string Number(int row) => _field.IntBytes switch
    {
        -1 => ((sbyte)_index[row]).ToString(CultureInfo.InvariantCulture),
        1 => _index[row].ToString(CultureInfo.InvariantCulture),
        -2 => BinaryPrimitives.ReadInt16LittleEndian(_index.AsSpan(row * 2)).ToString(CultureInfo.InvariantCulture),
        2 => BinaryPrimitives.ReadUInt16LittleEndian(_index.AsSpan(row * 2)).ToString(CultureInfo.InvariantCulture),
        -4 => BinaryPrimitives.ReadInt32LittleEndian(_index.AsSpan(row * 4)).ToString(CultureInfo.InvariantCulture),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(_index.AsSpan(row * 4)).ToString(CultureInfo.InvariantCulture),
        -8 => BinaryPrimitives.ReadInt64LittleEndian(_index.AsSpan(row * 8)).ToString(CultureInfo.InvariantCulture),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(_index.AsSpan(row * 8)).ToString(CultureInfo.InvariantCulture),
    };

    // Columns are read side by side out of one file: each has a window of its own, or every value would cost a read.
    private async ValueTask<byte[]> ReadValueAsync(long at, int length, CancellationToken ct)
    {
        if (length > _window.Length)
            return await ReadAsync(_stream, at, length, ct);
        if (at < _windowStart || at + length > _windowStart + _windowBytes)
        {
            _stream.Position = _windowStart = at;
            _windowBytes = await BoundedRead.FillAsync(_stream, _window, ct);
            if (_windowBytes < length)
                throw new InvalidDataException();
        }

        return _window.AsSpan((int)(at - _windowStart), length).ToArray();
    }

    private static async Task<byte[]> ReadAsync(Stream stream, long at, long length, CancellationToken ct)
    {
        byte[] bytes = new byte[length];
        stream.Position = at;
        await stream.ReadExactlyAsync(bytes, ct);
        return bytes;
    }
}

/// <summary>A value.</summary>
/// <param name="Bytes">It; null when there is none, or it is too long.</param>
/// <param name="IsTooLong">Whether it is too long.</param>
internal readonly record struct ArrowValue(byte[]? Bytes, bool IsTooLong);
