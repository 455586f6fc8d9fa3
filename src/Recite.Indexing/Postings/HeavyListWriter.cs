using System.Numerics;
using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Postings;

/// <summary>
/// Writes the heavy lists of one partition: the slots of a frequent k-gram ordered by the g bytes from each on, and for the order by
/// the s bytes before each, read backwards, the rank in the first order. Any match of g bytes is decided by these.
/// </summary>
internal sealed class HeavyListWriter(NormalizedBytes text, SamplingPlan sampling, PostingsLayout layout)
{
    private const int MostSpareItems = 1 << 16;

    private readonly ContextSort _sort = new(text);
    private readonly BitPacker _packed = new();
    private readonly List<int> _starts = [];
    private long[] _positions = [];
    private long[] _ordered = [];
    private uint[] _items = [];

    /// <summary>Where each list begins among <see cref="Bytes"/>.</summary>
    public IReadOnlyList<int> Starts => _starts;

    public ReadOnlySpan<byte> Bytes => _packed.Bytes;

    public void Clear()
    {
        _packed.Drain();
        _starts.Clear();
    }

    /// <summary>Appends a list of the slots of these records, which come in order of slots.</summary>
    public void Add(ReadOnlySpan<ulong> records)
    {
        int count = records.Length;
        if (_items.Length < count)
        {
            int room = count + Math.Min(count, MostSpareItems);
            (_items, _positions, _ordered) = (new uint[room], new long[room], new long[room]);
        }

        // Longer lists are told place by place, each time they are read.
        if (count <= MappedPages.MostPlacesAtOnce)
            text.Touch(count);
        Span<uint> items = _items.AsSpan(0, count);
        for (int i = 0; i < count; i++)
        {
            _positions[i] = (long)GramRecords.Slot(records[i]) * sampling.Stride;
            items[i] = (uint)i;
        }

        _starts.Add(_packed.Bytes.Length);
        _packed.Append((uint)count, 32);
        _sort.Sort(items, _positions, isForward: true, sampling.Guarantee);
        for (int rank = 0; rank < count; rank++)
        {
            int item = (int)items[rank];
            _packed.Append(GramRecords.Slot(records[item]), layout.SlotBits);
            _ordered[rank] = _positions[item];
            items[rank] = (uint)rank;
        }

        int rankBits = RankBits(count);
        _sort.Sort(items, _ordered, isForward: false, sampling.Stride);
        foreach (uint rank in items)
            _packed.Append(rank, rankBits);
        _packed.Align();
    }

    /// <summary>Bits of a rank in a list.</summary>
    public static int RankBits(long count) => Math.Max(1, 64 - BitOperations.LeadingZeroCount((ulong)Math.Max(0, count - 1)));

    /// <summary>Bytes of a list, head included.</summary>
    public static long ListBytes(long count, int slotBits) => sizeof(uint) + (((count * (slotBits + RankBits(count))) + 7) / 8);
}
