using System.Text;

namespace Recite.Indexing.Text.Internals;

/// <summary>Reads an embedded table file from front to back; the order of the calls is the order of the sections.</summary>
internal ref struct UnicodeTableReader(ReadOnlySpan<byte> file, int at = 0)
{
    private readonly ReadOnlySpan<byte> _file = file;

    /// <summary>Offset of what is read next.</summary>
    public int At { get; private set; } = at;

    public void ReadHeader(byte layout, string unicodeVersion)
    {
        ReadOnlySpan<byte> magic = [.. "RCTU"u8, layout];
        if (!Take(magic.Length).SequenceEqual(magic) || !string.Equals(Encoding.ASCII.GetString(Take(ReadNumber())), unicodeVersion, StringComparison.Ordinal))
            throw new InvalidOperationException($"a table file is not of layout {layout} and Unicode {unicodeVersion}");
    }

    /// <summary>Word class, boundary and combining class of every code point, from runs of equal ones.</summary>
    public uint[] ReadProperties()
    {
        uint[] values = new uint[0x110000];
        for (int start = 0; start < values.Length;)
        {
            int count = ReadNumber();
            values.AsSpan(start, count).Fill(CodePointBits.WithCombiningClass(Take(1)[0], Take(1)[0]));
            start += count;
        }

        return values;
    }

    /// <summary>Adds to each code point that is mapped the offset in this file of its mapping, a length byte and UTF-8.</summary>
    public void ReadMappings(uint[] values)
    {
        int codePoint = 0;
        for (int left = ReadNumber(); left > 0; left--)
        {
            codePoint += ReadNumber();
            uint bits = CodePointBits.Mapped | ((uint)checked((ushort)At) << CodePointBits.MappingShift);
            ReadOnlySpan<byte> mapping = Take(ReadNumber());
            for (int i = 0, length; i < mapping.Length; i += length)
            {
                if (CodePointBits.GetClass(values[Utf8Decoder.Decode(mapping, i, out length)]) == CodePointBits.Separator)
                    bits |= CodePointBits.MapsToSeparator;
            }

            values[codePoint] |= bits;
        }
    }

    public Dictionary<int, int[]> ReadDecompositions()
    {
        int left = ReadNumber();
        var decompositions = new Dictionary<int, int[]>(left);
        for (int codePoint = 0; left > 0; left--)
        {
            codePoint += ReadNumber();
            ReadOnlySpan<byte> utf8 = Take(ReadNumber());
            int[] parts = new int[WordBreaker.CountCharacters(utf8)];
            for (int i = 0, from = 0; i < parts.Length; i++)
            {
                parts[i] = Utf8Decoder.Decode(utf8, from, out int length);
                from += length;
            }

            decompositions.Add(codePoint, parts);
        }

        return decompositions;
    }

    public Dictionary<long, int> ReadCompositions()
    {
        int left = ReadNumber();
        var compositions = new Dictionary<long, int>(left);
        for (; left > 0; left--)
        {
            long first = ReadNumber();
            compositions.Add((first << 32) | (uint)ReadNumber(), ReadNumber());
        }

        return compositions;
    }

    private int ReadNumber()
    {
        int value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = _file[At++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        ReadOnlySpan<byte> taken = _file.Slice(At, count);
        At += count;
        return taken;
    }
}
