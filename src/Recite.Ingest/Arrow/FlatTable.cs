using System.Buffers.Binary;

namespace Recite.Ingest.Arrow;

/// <summary>
/// A table of the FlatBuffers format (its internals page, section "Tables"), which believes no offset: whatever lies outside the
/// bytes is a <see cref="InvalidDataException"/>.
/// </summary>
internal readonly struct FlatTable
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly int _at;
    private readonly int _fields;
    private readonly int _fieldsBytes;

    private FlatTable(ReadOnlyMemory<byte> bytes, long at)
    {
        _bytes = bytes;
        _at = Inside(at, sizeof(int));
        _fields = Inside(at - BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[_at..]), sizeof(int));
        _fieldsBytes = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[_fields..]);
        Inside(_fields, _fieldsBytes);
    }

    /// <summary>The table that a message is.</summary>
    public static FlatTable Root(ReadOnlyMemory<byte> bytes) => bytes.Length < sizeof(uint)
        ? throw new InvalidDataException()
        : new FlatTable(bytes, BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span));

    /// <summary>A number of one byte; 0 when the field is not there.</summary>
    public byte Byte(int field) => Position(field, 1) is { } at ? _bytes.Span[at] : (byte)0;

    /// <summary>A number of two bytes.</summary>
    public short Short(int field) => Position(field, sizeof(short)) is { } at ? BinaryPrimitives.ReadInt16LittleEndian(_bytes.Span[at..]) : (short)0;

    /// <summary>A number of four bytes.</summary>
    public int Int(int field) => Position(field, sizeof(int)) is { } at ? BinaryPrimitives.ReadInt32LittleEndian(_bytes.Span[at..]) : 0;

    /// <summary>A number of eight bytes.</summary>
    public long Long(int field) => Position(field, sizeof(long)) is { } at ? BinaryPrimitives.ReadInt64LittleEndian(_bytes.Span[at..]) : 0;

    /// <summary>A table in the table; null when the field is not there.</summary>
    public FlatTable? Table(int field) => Target(field) is { } at ? new FlatTable(_bytes, at) : null;

    /// <summary>The bytes of a vector of elements of one size, strings among them; empty when the field is not there.</summary>
    public ReadOnlyMemory<byte> Vector(int field, int elementBytes)
    {
        if (Target(field) is not { } at)
            return default;
        long count = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Span[Inside(at, sizeof(uint))..]);
        int start = Inside(at + sizeof(uint), count * elementBytes);
        return _bytes.Slice(start, (int)count * elementBytes);
    }

    /// <summary>The tables of a vector of tables.</summary>
    public IEnumerable<FlatTable> Tables(int field)
    {
        if (Target(field) is not { } at)
            yield break;
        int count = Vector(field, sizeof(uint)).Length / sizeof(uint);
        for (int i = 0; i < count; i++)
        {
            long entry = at + sizeof(uint) + ((long)i * sizeof(uint));
            yield return new FlatTable(_bytes, entry + BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Span[Inside(entry, sizeof(uint))..]));
        }
    }

    // Where a field lies: the table of fields begins with its own length and the length of the table.
    private int? Position(int field, int bytes)
    {
        int entry = (2 + field) * sizeof(ushort);
        if (entry + sizeof(ushort) > _fieldsBytes)
            return null;
        ushort offset = BinaryPrimitives.ReadUInt16LittleEndian(_bytes.Span[(_fields + entry)..]);
        return offset == 0 ? null : Inside((long)_at + offset, bytes);
    }

    private long? Target(int field) =>
        Position(field, sizeof(uint)) is { } at ? at + (long)BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Span[at..]) : null;

    private int Inside(long at, long bytes) =>
        at >= 0 && bytes >= 0 && at <= _bytes.Length - bytes ? (int)at : throw new InvalidDataException();
}
