using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Recite.Indexing.Sampling;

namespace Recite.Indexing.Postings;

/// <summary>
/// The sampled k-grams of one batch of text: 8-byte records ordered by partition, inside a partition by slot. The partition is the
/// upper 8 bits of the hash; a record holds the next 32 (its key) above the slot. One instance serves batch after batch.
/// </summary>
internal sealed class GramRecords
{
    /// <summary>Into how many parts hashes are divided, so that each part is sorted in cache and by itself.</summary>
    public const int Partitions = 256;

    private readonly int[] _starts = new int[Partitions + 1];
    private ulong[] _hashes = [];
    private uint[] _slots = [];
    private ulong[] _records = [];

    /// <summary>Number of records.</summary>
    public int Count => _starts[Partitions];

    public static int PartitionOf(ulong hash) => (int)(hash >> 56);

    public static uint KeyOfHash(ulong hash) => (uint)(hash >> 24);

    public static uint Key(ulong record) => (uint)(record >> 32);

    public static uint Slot(ulong record) => (uint)record;

    /// <summary>The records of one partition; slots count from the batch's first.</summary>
    public ReadOnlySpan<ulong> this[int partition] => _records.AsSpan(_starts[partition], _starts[partition + 1] - _starts[partition]);

    /// <summary>Takes the k-grams at the sampled positions of a text that begins on a multiple of the stride, except those that hold a gap.</summary>
    public void Sample(ReadOnlySpan<byte> normalized, SamplingPlan sampling)
    {
        int most = normalized.Length < sampling.Gram ? 0 : ((normalized.Length - sampling.Gram) / sampling.Stride) + 1;
        Array.Clear(_starts);
        if (_records.Length < most)
            (_hashes, _slots, _records) = (new ulong[most], new uint[most], new ulong[most]);
        Scatter(Hash(normalized, sampling, most));
    }

    /// <summary>Takes these hashes for the k-grams at slots 0, 1, 2, ...</summary>
    public void Take(ReadOnlySpan<ulong> hashes)
    {
        (_hashes, _slots, _records) = (hashes.ToArray(), new uint[hashes.Length], new ulong[hashes.Length]);
        for (int slot = 0; slot < hashes.Length; slot++)
            _slots[slot] = (uint)slot;
        Array.Clear(_starts);
        Scatter(hashes.Length);
    }

    private int Hash(ReadOnlySpan<byte> normalized, SamplingPlan sampling, int slots)
    {
        ref byte text = ref MemoryMarshal.GetReference(normalized);
        int stride = sampling.Stride;
        int words = sampling.Gram / sizeof(ulong);
        Span<ulong> hashes = _hashes;
        Span<uint> taken = _slots;
        int count = 0;
        for (int slot = 0; slot < slots; slot++)
        {
            ulong hash = GramHash.Compute(ref Unsafe.Add(ref text, slot * stride), words, out bool holdsGap);
            hashes[count] = hash;
            taken[count] = (uint)slot;
            count += holdsGap ? 0 : 1;
        }

        return count;
    }

    private void Scatter(int count)
    {
        foreach (ulong hash in _hashes.AsSpan(0, count))
            _starts[PartitionOf(hash) + 1]++;
        Span<int> next = stackalloc int[Partitions];
        for (int partition = 0; partition < Partitions; partition++)
        {
            next[partition] = _starts[partition];
            _starts[partition + 1] += _starts[partition];
        }

        for (int i = 0; i < count; i++)
        {
            ulong hash = _hashes[i];
            _records[next[PartitionOf(hash)]++] = ((ulong)KeyOfHash(hash) << 32) | _slots[i];
        }
    }
}
