using System.Buffers.Binary;

namespace Recite.Ingest.Arrow;

/// <summary>A batch of rows: how many there are, and where the buffers of each column lie.</summary>
internal sealed class ArrowBatch
{
    private const int PairBytes = 2 * sizeof(long);   // of a node: rows and missing values; of a buffer: place and length

    private readonly ArrowMessage _message;
    private readonly ReadOnlyMemory<byte> _buffers;
    private readonly ReadOnlyMemory<byte> _moreBuffers;

    /// <summary>Reads what a message says of its batch.</summary>
    public ArrowBatch(ArrowMessage message)
    {
        _message = message;
        Rows = message.Header.Long(0);
        _buffers = message.Header.Vector(2, PairBytes);
        IsCompressed = message.Header.Table(3) is not null;
        _moreBuffers = message.Header.Vector(4, sizeof(long));
    }

    /// <summary>How many rows it says it has.</summary>
    public long Rows { get; }

    /// <summary>Whether its buffers are packed.</summary>
    public bool IsCompressed { get; }

    /// <summary>The number of the first buffer of a column.</summary>
    /// <exception cref="InvalidDataException">There are fewer counts than the columns need.</exception>
    public int FirstBufferOf(IReadOnlyList<ArrowField> columns, ArrowField wanted)
    {
        int buffer = 0, views = 0;
        return TryFind(columns, wanted, ref buffer, ref views) ? buffer : throw new InvalidDataException();
    }

    /// <summary>Where a buffer lies in the file.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="leastBytes">Bytes that it has at least.</param>
    /// <param name="bytes">Its length.</param>
    /// <exception cref="InvalidDataException">It is not there, is shorter, or lies outside.</exception>
    public long PlaceOf(int number, long leastBytes, out long bytes)
    {
        if (number >= _buffers.Length / PairBytes)
            throw new InvalidDataException();
        ReadOnlySpan<byte> buffer = _buffers.Span[(number * PairBytes)..];
        long offset = BinaryPrimitives.ReadInt64LittleEndian(buffer);
        bytes = BinaryPrimitives.ReadInt64LittleEndian(buffer[sizeof(long)..]);
        return offset >= 0 && bytes >= leastBytes && bytes <= _message.BodyBytes && offset <= _message.BodyBytes - bytes
            ? _message.BodyStart + offset
            : throw new InvalidDataException();
    }

    private bool TryFind(IReadOnlyList<ArrowField> fields, ArrowField wanted, ref int buffer, ref int views)
    {
        foreach (ArrowField field in fields)
        {
            if (ReferenceEquals(field, wanted))
                return true;
            buffer += field.Buffers;
            if (field.IsView)
            {
                if (views >= _moreBuffers.Length / sizeof(long))
                    throw new InvalidDataException();
                long more = BinaryPrimitives.ReadInt64LittleEndian(_moreBuffers.Span[(views++ * sizeof(long))..]);
                buffer += more is >= 0 and <= int.MaxValue / 2 && more <= _buffers.Length ? (int)more : throw new InvalidDataException();
            }

            if (!field.IsDictionary && TryFind(field.Children, wanted, ref buffer, ref views))
                return true;
        }

        return false;
    }
}
