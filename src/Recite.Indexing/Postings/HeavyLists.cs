using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Postings;

/// <summary>The heavy lists of a segment. Safe for concurrent readers.</summary>
internal sealed unsafe class HeavyLists
{
    private readonly MappedPart _part;
    private readonly PostingsLayout _layout;
    private readonly long _count;
    private readonly long _table;

    public HeavyLists(MappedPart part, PostingsLayout layout)
    {
        (_part, _layout, _count) = (part, layout, part.Header.Count);
        _table = part.Header.PayloadBytes - ((_count + 1) * sizeof(long));
        if (_count < 0 || _count >= part.Header.PayloadBytes / sizeof(long) || _table < sizeof(ulong))
            throw part.Corrupt("its count does not fit its length");
    }

    public long Count => _count;

    /// <summary>The list that a lookup's slot names.</summary>
    public HeavyList this[long slot]
    {
        get
        {
            long number = slot - _layout.SlotCount;
            if (number < 0 || number >= _count)
                throw _part.Corrupt($"it has no list {number}");
            long start = BinaryPrimitives.ReadInt64LittleEndian(_part.Slice(_table + (number * sizeof(long)), sizeof(long)));
            uint count = BinaryPrimitives.ReadUInt32LittleEndian(_part.Slice(start, sizeof(uint)));
            long bytes = HeavyListWriter.ListBytes(count, _layout.SlotBits);

            // The table comes behind 8 bytes of slack, so whole words can be loaded up to a list's end.
            if (count == 0 || count > int.MaxValue || start > _table - sizeof(ulong) - bytes)
                throw _part.Corrupt($"list {number} reaches beyond its end");
            return new HeavyList(this, _part.Payload + start + sizeof(uint), (int)count, _layout.SlotBits);
        }
    }

    internal long CheckSlot(ulong slot) => slot < (ulong)_layout.SlotCount ? (long)slot : throw _part.Corrupt($"a list names slot {slot}");

    internal int CheckRank(ulong rank, int count) => rank < (ulong)count ? (int)rank : throw _part.Corrupt($"a list names rank {rank}");
}

/// <summary>
/// The places of a frequent k-gram in two orders: by the g bytes from each place on (ranks), and by the s bytes before each, read
/// backwards (orders). See <see cref="HeavyListWriter"/>.
/// </summary>
internal readonly unsafe struct HeavyList(HeavyLists owner, byte* packed, int count, int slotBits)
{
    private readonly int _rankBits = HeavyListWriter.RankBits(count);

    public int Count => count;

    /// <summary>The slot at a rank.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long SlotAt(int rank) => owner.CheckSlot(BitPacker.Read(packed, rank, slotBits));

    /// <summary>The rank of the place that stands at a place of the backward order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int RankAt(int order)
    {
        long bit = ((long)count * slotBits) + ((long)order * _rankBits);
        return owner.CheckRank((BitPacker.ReadWord(packed + (bit >> 3)) >> (int)(bit & 7)) & ((1ul << _rankBits) - 1), count);
    }
}
