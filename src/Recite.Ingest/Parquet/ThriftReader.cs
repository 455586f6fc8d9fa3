namespace Recite.Ingest.Parquet;

/// <summary>
/// Walks over Thrift's compact protocol without building anything, so that counts and lengths are known to be true before a
/// library allocates what they claim. Nothing in a Parquet footer or page header is a map, or a list of truth values, whose elements the
/// library passes over without reading a byte: both are refused.
/// </summary>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes)
{
    private const int MaxDepth = 32;
    private const int MaxElements = 1 << 20;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _elements;

    /// <summary>Bytes walked over.</summary>
    public int Position { get; private set; }

    /// <summary>Called with the path of numbers of an integer field inside at most two structs.</summary>
    public delegate void OnNumber(int outerField, int field, long value);

    /// <summary>Walks over one struct; false when it is cut, nested too deep, or claims more than its bytes can hold.</summary>
    public bool TrySkipStruct(OnNumber? onNumber = null) => TryStruct(depth: 0, outer: 0, onNumber);

    private bool TryStruct(int depth, int outer, OnNumber? onNumber)
    {
        int field = 0;
        while (true)
        {
            if (depth > MaxDepth || ++_elements > MaxElements || !TryByte(out int header))
                return false;
            if (header == 0)
                return true;
            int delta = header >> 4;
            long id = field + delta;
            if (delta == 0 && !TryZigzag(out id))
                return false;
            field = (int)id;
            if (!TryValue(header & 0x0F, depth, depth == 0 ? field : outer, field, isElement: false, depth <= 1 ? onNumber : null))
                return false;
        }
    }

    private bool TryValue(int type, int depth, int outer, int field, bool isElement, OnNumber? onNumber)
    {
        switch (type)
        {
            case 1 or 2:
                return !isElement;
            case 3:
                return TryByte(out _);
            case 4 or 5 or 6:
                if (!TryZigzag(out long value))
                    return false;
                onNumber?.Invoke(depth == 0 ? 0 : outer, field, value);
                return true;
            case 7:
                return TrySkip(8);
            case 8:
                return TryVarint(out ulong length) && length <= (ulong)(_bytes.Length - Position) && TrySkip((int)length);
            case 9 or 10:
                return TryList(depth + 1);
            case 12:
                return TryStruct(depth + 1, outer, onNumber);
            default:
                return false;
        }
    }

    private bool TryList(int depth)
    {
        if (!TryByte(out int header))
            return false;
        ulong count = (ulong)(header >> 4);
        if (count == 15 && !TryVarint(out count))
            return false;
        return TryElements(count, header & 0x0F, depth);
    }

    // Every element takes a byte at least.
    private bool TryElements(ulong count, int type, int depth)
    {
        if (count > (ulong)(_bytes.Length - Position) || depth > MaxDepth)
            return false;
        for (ulong i = 0; i < count; i++)
        {
            if (++_elements > MaxElements || !TryValue(type, depth, 0, 0, isElement: true, null))
                return false;
        }

        return true;
    }

    private bool TryZigzag(out long value)
    {
        bool isWhole = TryVarint(out ulong raw);
        value = (long)(raw >> 1) ^ -(long)(raw & 1);
        return isWhole;
    }

    private bool TryVarint(out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (!TryByte(out int b))
                return false;
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                return true;
        }

        return false;
    }

    private bool TryByte(out int value)
    {
        value = Position < _bytes.Length ? _bytes[Position] : 0;
        return Position++ < _bytes.Length;
    }

    private bool TrySkip(int count)
    {
        Position += count;
        return Position <= _bytes.Length;
    }
}
