using System.Buffers.Binary;
using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Postings;

/// <summary>
/// Sorts the records of a segment, partition by partition on every core, and writes the four parts that answer a lookup. Partitions
/// are written in their order, so the bytes do not depend on the number of workers.
/// </summary>
internal sealed class PostingsWriter(SamplingPlan sampling, Func<PartKind, PartWriter> create)
{
    private const int DrainBytes = 1 << 18;

    private readonly PartWriter _directoryPart = create(PartKind.Directory);
    private readonly PartWriter _prints = create(PartKind.Prints);
    private readonly PartWriter _slots = create(PartKind.Slots);
    private readonly PartWriter _heavy = create(PartKind.Heavy);
    private readonly BitPacker _packed = new();
    private readonly List<long> _lists = [];
    private long _entries;

    /// <summary>Writes the parts and gives what the manifest says of them.</summary>
    /// <param name="store">The records.</param>
    /// <param name="slotCount">Sampled positions of the segment.</param>
    /// <param name="text">Its normalized text.</param>
    /// <param name="threads">Workers.</param>
    public IReadOnlyList<ManifestPart> Write(RecordStore store, long slotCount, NormalizedBytes text, int threads)
    {
        PostingsLayout layout = PostingsLayout.For(store.Count, slotCount);
        var directory = new DirectoryWriter(_directoryPart);
        var builders = new PartitionBuilder[Math.Clamp(threads, 1, GramRecords.Partitions)];
        for (int i = 0; i < builders.Length; i++)
            builders[i] = new PartitionBuilder(text, sampling, layout);

        for (int first = 0; first < GramRecords.Partitions; first += builders.Length)
        {
            int count = Math.Min(builders.Length, GramRecords.Partitions - first);
            if (count == 1)
                builders[0].Build(store, first);
            else
                Parallel.For(0, count, i => builders[i].Build(store, first + i));
            for (int i = 0; i < count; i++)
                Append(builders[i], directory, layout);
        }

        return Finish(directory, layout);
    }

    private void Append(PartitionBuilder partition, DirectoryWriter directory, PostingsLayout layout)
    {
        int start = 0;
        foreach (int end in partition.BucketEnds)
        {
            directory.Append(end - start);
            start = end;
        }

        _prints.Write(partition.Prints);

        // Only here is it known how many lists stand before those of this partition.
        Span<ulong> entries = partition.Entries;
        for (int i = 0; i < partition.ListEntries.Count; i++)
        {
            entries[partition.ListEntries[i]] |= (ulong)(layout.SlotCount + _lists.Count);
            _lists.Add(_heavy.PayloadBytes + partition.Heavy.Starts[i]);
        }

        _heavy.Write(partition.Heavy.Bytes);
        foreach (ulong entry in entries)
            _packed.Append(entry, layout.EntryBits);
        _entries += entries.Length;
        if (_packed.Bytes.Length >= DrainBytes)
            Drain();
    }

    private void Drain()
    {
        _slots.Write(_packed.Bytes);
        _packed.Drain();
    }

    private List<ManifestPart> Finish(DirectoryWriter directory, PostingsLayout layout)
    {
        directory.Finish();
        Span<byte> slack = stackalloc byte[PostingsLayout.PrintSlack];
        slack.Clear();
        _prints.Write(slack);
        _packed.Align();
        Drain();
        _slots.Write(slack[..sizeof(ulong)]);

        // Where the table of lists begins, after slack that lets a reader load whole words, and where its last list ends.
        _lists.Add(_heavy.PayloadBytes);
        _heavy.Write(slack[..sizeof(ulong)]);
        foreach (long list in _lists)
        {
            BinaryPrimitives.WriteInt64LittleEndian(slack, list);
            _heavy.Write(slack[..sizeof(long)]);
        }

        return
        [
            _directoryPart.Finish(layout.SlotCount, layout.BucketsPerPartition, layout.SlotBits),
            _prints.Finish(_entries),
            _slots.Finish(_entries, layout.SlotBits),
            _heavy.Finish(_lists.Count - 1, layout.SlotBits),
        ];
    }
}
