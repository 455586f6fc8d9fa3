using Recite.Indexing.Sampling;

namespace Recite.Indexing.Postings;

/// <summary>
/// Sorts one partition: records into buckets, each fingerprint that is too frequent in its bucket into a heavy list. One instance
/// serves one worker, partition after partition; its arrays hold the last one's result.
/// </summary>
internal sealed class PartitionBuilder(NormalizedBytes text, SamplingPlan sampling, PostingsLayout layout)
{
    private readonly int[] _next = new int[layout.BucketsPerPartition + 1];
    private readonly int[] _bucketEnds = new int[layout.BucketsPerPartition];
    private readonly List<int> _listEntries = [];
    private ulong[] _gathered = [];
    private ulong[] _sorted = [];
    private byte[] _prints = [];
    private ulong[] _entries = [];
    private int _count;

    /// <summary>The frequent k-grams.</summary>
    public HeavyListWriter Heavy { get; } = new(text, sampling, layout);

    /// <summary>For each bucket one past its last entry.</summary>
    public ReadOnlySpan<int> BucketEnds => _bucketEnds;

    /// <summary>The low 8 bits of each entry's fingerprint.</summary>
    public ReadOnlySpan<byte> Prints => _prints.AsSpan(0, _count);

    /// <summary>Each entry's slot with the rest of the fingerprint above it; of a heavy list without its number.</summary>
    public Span<ulong> Entries => _entries.AsSpan(0, _count);

    /// <summary>Which entries stand for heavy lists, in order of the lists.</summary>
    public IReadOnlyList<int> ListEntries => _listEntries;

    public void Build(RecordStore store, int partition)
    {
        int count = checked((int)store.CountOf(partition));
        if (_gathered.Length < count)
        {
            int room = count + (count / 8);
            (_gathered, _sorted, _prints, _entries) = (new ulong[room], new ulong[room], new byte[room], new ulong[room]);
        }

        Span<ulong> gathered = _gathered.AsSpan(0, count);
        store.Gather(partition, gathered);
        Scatter(gathered);

        _count = 0;
        Heavy.Clear();
        _listEntries.Clear();
        int start = 0;
        for (int bucket = 0; bucket < _bucketEnds.Length; bucket++)
        {
            // After scattering, the next free place of a bucket is its end.
            int end = _next[bucket];
            if (end - start <= PostingsLayout.MostLightEntries)
                AppendLight(_sorted.AsSpan(start, end - start));
            else
                AppendCrowded(_sorted.AsSpan(start, end - start));
            _bucketEnds[bucket] = _count;
            start = end;
        }
    }

    // Stable, so the records of a bucket stay in order of slots.
    private void Scatter(ReadOnlySpan<ulong> records)
    {
        Span<int> next = _next;
        next.Clear();
        foreach (ulong record in records)
            next[layout.BucketOfKey(GramRecords.Key(record)) + 1]++;
        for (int bucket = 1; bucket < next.Length; bucket++)
            next[bucket] += next[bucket - 1];
        Span<ulong> sorted = _sorted;
        foreach (ulong record in records)
            sorted[next[layout.BucketOfKey(GramRecords.Key(record))]++] = record;
    }

    private void AppendLight(ReadOnlySpan<ulong> records)
    {
        foreach (ulong record in records)
            AppendEntry(GramRecords.Key(record), GramRecords.Slot(record));
    }

    // By fingerprint first: equal ones then stand together, still in order of slots.
    private void AppendCrowded(Span<ulong> records)
    {
        Order(records);
        for (int start = 0; start < records.Length;)
        {
            uint fingerprint = PostingsLayout.FingerprintOf(GramRecords.Key(records[start]));
            int end = start + 1;
            while (end < records.Length && PostingsLayout.FingerprintOf(GramRecords.Key(records[end])) == fingerprint)
                end++;
            if (end - start <= PostingsLayout.MostLightEntries)
            {
                AppendLight(records[start..end]);
            }
            else
            {
                Heavy.Add(records[start..end]);
                _listEntries.Add(_count);
                AppendEntry(fingerprint, 0);
            }

            start = end;
        }
    }

    private void Order(Span<ulong> records)
    {
        foreach (ref ulong record in records)
        {
            // Most of them end in a heavy list: what stands around them arrives while they are sorted.
            text.Prefetch((long)GramRecords.Slot(record) * sampling.Stride, sampling);

            // Only fingerprint and slot matter from here on, and in this form they are one number.
            record = ((ulong)PostingsLayout.FingerprintOf(GramRecords.Key(record)) << 32) | GramRecords.Slot(record);
        }

        records.Sort();
    }

    private void AppendEntry(uint key, uint slot)
    {
        _prints[_count] = (byte)key;
        _entries[_count++] = ((ulong)PostingsLayout.SidePrintOf(key) << layout.SlotBits) | slot;
    }
}
