using System.Buffers.Binary;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Postings;

/// <summary>
/// Writes the first entry of each bucket in 16 bits, counted from the first of its group of 256 buckets, whose absolute positions
/// follow in 64 bits. A group of more entries than 16 bits count, which only text made for it has, gets a table of its own.
/// </summary>
internal sealed class DirectoryWriter(PartWriter part)
{
    /// <summary>Marks a group whose positions stand in the table behind; the rest of the number says which.</summary>
    public const ulong LongGroup = 1ul << 63;

    /// <summary>Buckets of a group.</summary>
    public const int GroupSize = 1 << PostingsLayout.GroupBits;

    private readonly long[] _group = new long[GroupSize];
    private readonly byte[] _relative = new byte[GroupSize * sizeof(ushort)];
    private readonly List<ulong> _groups = [];
    private readonly List<long> _long = [];
    private int _inGroup;
    private long _entries;

    /// <summary>Appends a bucket of so many entries.</summary>
    public void Append(int entries)
    {
        _group[_inGroup++] = _entries;
        _entries += entries;
        if (_inGroup == GroupSize)
            CloseGroup();
    }

    /// <summary>Writes the absolute positions, the last of which is the number of entries, and the long groups.</summary>
    public void Finish()
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        _groups.Add((ulong)_entries);
        foreach (ulong group in _groups)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, group);
            part.Write(word);
        }

        foreach (long position in _long)
        {
            BinaryPrimitives.WriteInt64LittleEndian(word, position);
            part.Write(word);
        }
    }

    private void CloseGroup()
    {
        long first = _group[0];
        bool isLong = _group[GroupSize - 1] - first > ushort.MaxValue;
        for (int i = 0; i < GroupSize; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(_relative.AsSpan(i * sizeof(ushort)), isLong ? (ushort)0 : (ushort)(_group[i] - first));
        part.Write(_relative);
        _groups.Add(isLong ? LongGroup + (ulong)(_long.Count / GroupSize) : (ulong)first);
        if (isLong)
            _long.AddRange(_group);
        _inGroup = 0;
    }
}
