using System.Numerics;

namespace Recite.Indexing.Postings;

/// <summary>
/// Widths of the postings of one segment. A k-gram's hash gives, from its upper end: 8 bits of partition and a key of 32 bits; the
/// key's place among the buckets of its partition is its upper part, its lowest 14 bits are the fingerprint.
/// </summary>
/// <param name="BucketsPerPartition">Buckets of each of the 256 partitions.</param>
/// <param name="SlotCount">Sampled positions of the segment, indexed or not; an entry's slot from here on names a heavy list.</param>
/// <param name="SlotBits">Bits of a slot, heavy lists included.</param>
internal readonly record struct PostingsLayout(int BucketsPerPartition, long SlotCount, int SlotBits)
{
    /// <summary>Bits of the fingerprint that stand in an array of their own, where one comparison of vectors meets a whole bucket.</summary>
    public const int PrintBits = 8;

    /// <summary>
    /// Bits of the fingerprint beside the slot. Together a lookup in a bucket of 8 meets a foreign k-gram once in 2048 times: once
    /// in a query of 2 KB, and each time costs one text access.
    /// </summary>
    public const int SidePrintBits = 6;

    /// <summary>Entries of one fingerprint in one bucket beyond which they become a heavy list, ordered by what stands around them.</summary>
    public const int MostLightEntries = 48;

    /// <summary>Buckets behind one absolute position of the directory.</summary>
    public const int GroupBits = 8;

    /// <summary>Bytes behind the fingerprints that a vector may read.</summary>
    public const int PrintSlack = 32;

    private const int EntriesPerBucket = 8;
    private const int MostBucketsPerPartition = 1 << 24;

    public int Buckets => BucketsPerPartition * GramRecords.Partitions;

    public int EntryBits => SidePrintBits + SlotBits;

    public bool IsPlausible => BucketsPerPartition is > 0 and <= MostBucketsPerPartition / 2 && SlotCount is >= 0 and <= uint.MaxValue && SlotBits is > 0 and <= 33;

    public static PostingsLayout For(long count, long slots)
    {
        long perPartition = (count + (EntriesPerBucket * GramRecords.Partitions) - 1) / (EntriesPerBucket * GramRecords.Partitions);
        long mostLists = count / (MostLightEntries + 1);
        int slotBits = Math.Max(1, 64 - BitOperations.LeadingZeroCount((ulong)Math.Max(0, slots + mostLists - 1)));
        return new PostingsLayout((int)Math.Max(1, perPartition), slots, slotBits);
    }

    /// <summary>The bucket of a key among those of its partition.</summary>
    public int BucketOfKey(uint key) => (int)(((ulong)key * (uint)BucketsPerPartition) >> 32);

    /// <summary>The bucket of a hash among all.</summary>
    public int BucketOf(ulong hash) => (GramRecords.PartitionOf(hash) * BucketsPerPartition) + BucketOfKey(GramRecords.KeyOfHash(hash));

    /// <summary>All 14 bits of the fingerprint.</summary>
    public static uint FingerprintOf(uint key) => key & ((1u << (PrintBits + SidePrintBits)) - 1);

    public static uint SidePrintOf(uint key) => FingerprintOf(key) >> PrintBits;

    /// <summary>Bytes of so many values of so many bits, with slack for a reader that loads whole words.</summary>
    public static long PackedBytes(long count, int bits) => (((count * bits) + 7) / 8) + sizeof(ulong);
}
