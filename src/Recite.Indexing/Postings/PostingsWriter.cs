using System.Buffers.Binary;

namespace Recite.Indexing.Postings;

/// <summary>
/// Collects (hash, slot) records of one segment and writes them as directory and packed entries, ordered by hash, equal
/// hashes by slot. Eight bytes a record, and as many again while sorting.
/// </summary>
internal sealed class PostingsWriter
{
    private readonly List<ulong[]> _batches = [];
    private long _count;

    public long Count => _count;

    /// <summary>Packs a record: the upper half of the hash above the slot within the batch.</summary>
    public static ulong Record(ulong hash, int slotInBatch) => (hash & 0xFFFF_FFFF_0000_0000) | (uint)slotInBatch;

    /// <summary>Takes over a batch's records, whose slots start at <paramref name="firstSlot"/> in the segment.</summary>
    public void Add(ulong[] records, long firstSlot)
    {
        uint first = checked((uint)firstSlot);
        for (int i = 0; i < records.Length; i++)
            records[i] += first;
        _batches.Add(records);
        _count += records.Length;
    }

    /// <summary>Sorts and returns the payload of the postings part.</summary>
    public byte[] Build(long slots, out PostingsLayout layout)
    {
        var sorted = new ulong[_count];
        int filled = 0;
        foreach (ulong[] batch in _batches)
        {
            batch.CopyTo(sorted, filled);
            filled += batch.Length;
        }

        _batches.Clear();
        RadixSort.SortByUpperHalf(sorted, new ulong[sorted.Length]);
        layout = PostingsLayout.For(_count, slots);
        var payload = new byte[layout.PayloadBytes];
        WriteDirectory(sorted, layout, payload);
        WriteEntries(sorted, layout, payload.AsSpan((int)layout.DirectoryBytes));
        return payload;
    }

    private static void WriteDirectory(ulong[] sorted, PostingsLayout layout, Span<byte> payload)
    {
        int next = 0;
        for (int bucket = 0; bucket <= layout.Buckets; bucket++)
        {
            while (next < sorted.Length && layout.Bucket(sorted[next]) < bucket)
                next++;
            BinaryPrimitives.WriteUInt32LittleEndian(payload[(bucket * sizeof(uint))..], (uint)next);
        }
    }

    private static void WriteEntries(ulong[] sorted, PostingsLayout layout, Span<byte> entries)
    {
        long bit = 0;
        foreach (ulong record in sorted)
        {
            ulong entry = ((ulong)layout.Fingerprint(record) << layout.SlotBits) | (uint)record;
            int at = (int)(bit >> 3);
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(entries[at..]) | (entry << (int)(bit & 7));
            BinaryPrimitives.WriteUInt64LittleEndian(entries[at..], word);
            bit += layout.EntryBits;
        }
    }
}
