using System.Buffers.Binary;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Postings;

/// <summary>Which sampled positions have a given k-gram hash? Candidates only: the caller compares the text.</summary>
internal sealed class PostingsReader
{
    private readonly MappedPart _part;
    private readonly PostingsLayout _layout;

    public PostingsReader(MappedPart part)
    {
        _part = part;
        _layout = new PostingsLayout(part.Header.Count, part.Header.Parameter1, part.Header.Parameter2);
        if (!_layout.IsPlausible || _layout.PayloadBytes != part.Header.PayloadBytes)
            throw part.Corrupt("its widths do not fit its length");
    }

    /// <summary>First entry and one past the last entry of the bucket that <paramref name="hash"/> falls into.</summary>
    public (long First, long End) FindBucket(ulong hash)
    {
        ReadOnlySpan<byte> pair = _part.Slice((long)_layout.Bucket(hash) * sizeof(uint), 2 * sizeof(uint));
        uint first = BinaryPrimitives.ReadUInt32LittleEndian(pair);
        uint end = BinaryPrimitives.ReadUInt32LittleEndian(pair[sizeof(uint)..]);
        if (first > end || end > _layout.Count)
            throw _part.Corrupt("its directory is out of order");
        return (first, end);
    }

    /// <summary>The slot of an entry if its fingerprint is that of <paramref name="hash"/>, else -1.</summary>
    public long SlotIfSame(long entry, ulong hash)
    {
        long bit = entry * _layout.EntryBits;
        ulong word = BinaryPrimitives.ReadUInt64LittleEndian(_part.Slice(_layout.DirectoryBytes + (bit >> 3), sizeof(ulong)));
        word >>= (int)(bit & 7);
        uint fingerprint = (uint)(word >> _layout.SlotBits) & ((1u << PostingsLayout.FingerprintBits) - 1);
        return fingerprint == _layout.Fingerprint(hash) ? (long)(word & ((1ul << _layout.SlotBits) - 1)) : -1;
    }
}
