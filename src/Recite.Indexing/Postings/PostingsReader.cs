using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Postings;

/// <summary>
/// Which sampled positions have a given k-gram hash? Candidates only: the caller compares the text. Lookups come in blocks and go
/// through the block stage by stage, each stage asking the memory for what the next one needs: directory, fingerprints, entries.
/// Safe for concurrent readers.
/// </summary>
internal sealed unsafe class PostingsReader
{
    private readonly MappedPart _directory;
    private readonly MappedPart _prints;
    private readonly MappedPart _slots;
    private readonly PostingsLayout _layout;
    private readonly long _entries;
    private readonly long _groupsOffset;
    private readonly long _longGroups;
    private readonly bool _scalar;

    public PostingsReader(MappedPart directory, MappedPart prints, MappedPart slots, MappedPart heavy, bool scalar)
    {
        (_directory, _prints, _slots, _scalar) = (directory, prints, slots, scalar);
        _layout = new PostingsLayout(directory.Header.Parameter1, directory.Header.Count, directory.Header.Parameter2);
        _entries = prints.Header.Count;
        if (!_layout.IsPlausible || _entries < 0 || _entries > _layout.SlotCount)
            throw directory.Corrupt("its widths cannot be");
        long groups = _layout.Buckets / DirectoryWriter.GroupSize;
        _groupsOffset = (long)_layout.Buckets * sizeof(ushort);
        long rest = directory.Header.PayloadBytes - _groupsOffset - ((groups + 1) * sizeof(ulong));
        _longGroups = rest / (DirectoryWriter.GroupSize * sizeof(long));
        if (rest < 0 || rest % (DirectoryWriter.GroupSize * sizeof(long)) != 0)
            throw directory.Corrupt("its widths do not fit its length");
        if (prints.Header.PayloadBytes != _entries + PostingsLayout.PrintSlack)
            throw prints.Corrupt("its count does not fit its length");
        if (slots.Header.Count != _entries || slots.Header.PayloadBytes != PostingsLayout.PackedBytes(_entries, _layout.EntryBits))
            throw slots.Corrupt("its count does not fit its length");
        Heavy = new HeavyLists(heavy, _layout);
    }

    /// <summary>The lists of frequent k-grams.</summary>
    public HeavyLists Heavy { get; }

    /// <summary>Sampled positions of the segment; a slot from here on names a heavy list.</summary>
    public long SlotCount => _layout.SlotCount;

    /// <summary>Looks up at most <see cref="GramHits.MostHashes"/> hashes; the hits replace what was there.</summary>
    public void LookUp(ReadOnlySpan<ulong> hashes, GramHits hits)
    {
        hits.Clear();
        byte* directory = _directory.Payload;
        byte* prints = _prints.Payload;
        byte* slots = _slots.Payload;
        Span<int> buckets = hits.Buckets.AsSpan(0, hashes.Length);
        for (int i = 0; i < hashes.Length; i++)
        {
            int bucket = _layout.BucketOf(hashes[i]);
            buckets[i] = bucket;
            Prefetch(directory + ((long)bucket * sizeof(ushort)));
        }

        Span<long> firsts = hits.Firsts.AsSpan(0, hashes.Length);
        Span<int> counts = hits.Counts.AsSpan(0, hashes.Length);
        for (int i = 0; i < hashes.Length; i++)
        {
            (firsts[i], counts[i]) = EntriesOf(directory, buckets[i]);
            Prefetch(prints + firsts[i]);
        }

        for (int i = 0; i < hashes.Length; i++)
            FindPrints(prints, i, firsts[i], counts[i], (byte)GramRecords.KeyOfHash(hashes[i]), hits);
        foreach (ref GramHit hit in hits.Hits)
            Prefetch(slots + (hit.Slot * _layout.EntryBits >> 3));
        KeepSame(slots, hashes, hits);
    }

    /// <summary>Asks for the memory at an address without waiting for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(byte* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (long First, int Count) EntriesOf(byte* directory, int bucket)
    {
        // Both ends stand beside each other, but for the last bucket of a group.
        ulong group = GroupAt(directory, bucket);
        var ends = (uint)BitPacker.ReadWord(directory + ((long)bucket * sizeof(ushort)));
        long first = (long)group + (ushort)ends;
        long end = (long)group + (ends >> 16);
        if ((bucket & (DirectoryWriter.GroupSize - 1)) == DirectoryWriter.GroupSize - 1 || group >= DirectoryWriter.LongGroup)
            (first, end) = (FirstEntry(directory, bucket), FirstEntry(directory, bucket + 1));
        return first <= end && end <= _entries ? (first, (int)(end - first)) : throw _directory.Corrupt("its positions are out of order");
    }

    private long FirstEntry(byte* directory, int bucket)
    {
        ulong group = GroupAt(directory, bucket);
        if (bucket == _layout.Buckets)
            return (long)group;
        return group < DirectoryWriter.LongGroup
            ? (long)group + (ushort)BitPacker.ReadWord(directory + ((long)bucket * sizeof(ushort)))
            : FirstOfLong(directory, (long)(group - DirectoryWriter.LongGroup), bucket);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong GroupAt(byte* directory, int bucket) =>
        BitPacker.ReadWord(directory + _groupsOffset + ((long)(bucket >> PostingsLayout.GroupBits) * sizeof(ulong)));

    private long FirstOfLong(byte* directory, long group, int bucket)
    {
        if (group >= _longGroups)
            throw _directory.Corrupt($"it has no long group {group}");
        long table = _groupsOffset + (((_layout.Buckets / DirectoryWriter.GroupSize) + 1L) * sizeof(ulong));
        long index = (group * DirectoryWriter.GroupSize) + (bucket & (DirectoryWriter.GroupSize - 1));
        return (long)BitPacker.ReadWord(directory + table + (index * sizeof(long)));
    }

    // The hits hold entries at first, which become slots in the next stage.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FindPrints(byte* prints, int at, long first, int count, byte print, GramHits hits)
    {
        if (_scalar)
        {
            for (int i = 0; i < count; i++)
            {
                if (prints[first + i] == print)
                    hits.Add(new GramHit(at, first + i));
            }

            return;
        }

        // Most buckets have no more entries than a vector, and in most of them is nothing.
        Vector128<byte> wanted = Vector128.Create(print);
        for (int from = 0; from < count; from += Vector128<byte>.Count)
        {
            uint same = Vector128.Equals(Vector128.Load(prints + first + from), wanted).ExtractMostSignificantBits();
            same &= (uint)((1ul << Math.Min(count - from, Vector128<byte>.Count)) - 1);
            for (; same != 0; same &= same - 1)
                hits.Add(new GramHit(at, first + from + BitOperations.TrailingZeroCount(same)));
        }
    }

    private void KeepSame(byte* slots, ReadOnlySpan<ulong> hashes, GramHits hits)
    {
        Span<GramHit> found = hits.Hits;
        int kept = 0;
        foreach (GramHit hit in found)
        {
            ulong entry = BitPacker.Read(slots, hit.Slot, _layout.EntryBits);
            if (entry >> _layout.SlotBits == PostingsLayout.SidePrintOf(GramRecords.KeyOfHash(hashes[hit.At])))
                found[kept++] = new GramHit(hit.At, (long)(entry & ((1ul << _layout.SlotBits) - 1)));
        }

        hits.Truncate(kept);
    }
}
