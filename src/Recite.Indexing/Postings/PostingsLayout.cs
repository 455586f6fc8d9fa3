using System.Numerics;

namespace Recite.Indexing.Postings;

/// <summary>
/// Widths of the postings of one segment. An entry is a fingerprint above a slot, bit-packed; the directory holds the first
/// entry of each bucket. Bucket and fingerprint come from the upper bits of the k-gram's hash.
/// </summary>
/// <param name="Count">Entries.</param>
/// <param name="BucketBits">log2 of the number of buckets.</param>
/// <param name="SlotBits">Bits of a slot (sampled position / stride).</param>
internal readonly record struct PostingsLayout(long Count, int BucketBits, int SlotBits)
{
    /// <summary>With 12 bits a lookup in a bucket of 8 meets a foreign k-gram once in 512 times; each costs one text access.</summary>
    public const int FingerprintBits = 12;

    private const int EntriesPerBucket = 8;
    private const int MaxBucketBits = 20;

    public int EntryBits => FingerprintBits + SlotBits;

    public int Buckets => 1 << BucketBits;

    public long DirectoryBytes => (Buckets + 1L) * sizeof(uint);

    // Eight bytes of slack let a reader load a whole word at the last entry.
    public long EntriesBytes => (((Count * EntryBits) + 7) / 8) + sizeof(ulong);

    public long PayloadBytes => DirectoryBytes + EntriesBytes;

    public bool IsPlausible => Count is >= 0 and <= uint.MaxValue && BucketBits is >= 0 and <= MaxBucketBits && SlotBits is > 0 and <= 32;

    public static PostingsLayout For(long count, long slots)
    {
        int bucketBits = Math.Clamp(BitOperations.Log2((ulong)Math.Max(1, count / EntriesPerBucket)), 0, MaxBucketBits);
        int slotBits = Math.Max(1, 64 - BitOperations.LeadingZeroCount((ulong)Math.Max(0, slots - 1)));
        return new PostingsLayout(count, bucketBits, slotBits);
    }

    public int Bucket(ulong hash) => (int)(hash >> 32 >> (32 - BucketBits));

    public uint Fingerprint(ulong hash) => (uint)(hash >> (64 - BucketBits - FingerprintBits)) & ((1u << FingerprintBits) - 1);
}
