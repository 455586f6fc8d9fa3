using System.Text;

namespace Recite.Indexing.Text.Internals;

/// <summary>Reads <c>UnicodeTables.bin</c> from front to back; the order of the calls is the order of the sections.</summary>
internal sealed class UnicodeTableReader(byte[] file)
{
    private int _at;

    public void ReadHeader(string unicodeVersion)
    {
        ReadOnlySpan<byte> magic = "RCTU\u0001"u8;
        if (!Take(magic.Length).SequenceEqual(magic) || !string.Equals(ReadText(), unicodeVersion, StringComparison.Ordinal))
            throw new InvalidOperationException($"UnicodeTables.bin is not a table file of Unicode {unicodeVersion}");
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

    /// <summary>The pool of mappings, each a length byte and UTF-8; equal mappings are kept once, so that an offset has 16 bits.</summary>
    public byte[] ReadMappings(uint[] values)
    {
        var pool = new List<byte>();
        var offsets = new Dictionary<string, int>(StringComparer.Ordinal);
        int codePoint = 0;
        for (int left = ReadNumber(); left > 0; left--)
        {
            codePoint += ReadNumber();
            string mapping = ReadText();
            if (!offsets.TryGetValue(mapping, out int offset))
            {
                offset = pool.Count;
                offsets.Add(mapping, offset);
                byte[] utf8 = Encoding.UTF8.GetBytes(mapping);
                pool.Add(checked((byte)utf8.Length));
                pool.AddRange(utf8);
            }

            values[codePoint] |= CodePointBits.Mapped | ((uint)checked((ushort)offset) << CodePointBits.MappingShift);
            if (mapping.EnumerateRunes().Any(rune => CodePointBits.GetClass(values[rune.Value]) == CodePointBits.Separator))
                values[codePoint] |= CodePointBits.MapsToSeparator;
        }

        return [.. pool];
    }

    public Dictionary<int, int[]> ReadDecompositions(uint[] values)
    {
        var decompositions = new Dictionary<int, int[]>();
        int codePoint = 0;
        for (int left = ReadNumber(); left > 0; left--)
        {
            codePoint += ReadNumber();
            decompositions.Add(codePoint, [.. ReadText().EnumerateRunes().Select(rune => rune.Value)]);
            values[codePoint] |= CodePointBits.Decomposes;
        }

        return decompositions;
    }

    public Dictionary<long, int> ReadCompositions()
    {
        var compositions = new Dictionary<long, int>();
        for (int left = ReadNumber(); left > 0; left--)
        {
            long first = ReadNumber();
            compositions.Add((first << 32) | (uint)ReadNumber(), ReadNumber());
        }

        return compositions;
    }

    private string ReadText() => Encoding.UTF8.GetString(Take(ReadNumber()));

    private int ReadNumber()
    {
        int value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = file[_at++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        ReadOnlySpan<byte> taken = file.AsSpan(_at, count);
        _at += count;
        return taken;
    }
}
