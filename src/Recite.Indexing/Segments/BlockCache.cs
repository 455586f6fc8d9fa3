using System.Collections.Concurrent;

namespace Recite.Indexing.Segments;

/// <summary>
/// The most recent blocks of all segments of one index, at most about 130 MB of them. Safe for concurrent readers without a
/// lock: a block is immutable, and two readers that decode the same one only waste a little work.
/// </summary>
internal sealed class BlockCache : IDisposable
{
    private const int Places = 2048;

    private readonly Entry?[] _entries = new Entry?[Places];
    private readonly ConcurrentBag<ZstdSharp.Decompressor> _decompressors = [];

    public DecodedBlock? Find(BlockReader owner, int number)
    {
        Entry? entry = Volatile.Read(ref _entries[Place(owner, number)]);
        return entry is not null && ReferenceEquals(entry.Owner, owner) && entry.Number == number ? entry.Block : null;
    }

    public void Keep(BlockReader owner, int number, DecodedBlock block) =>
        Volatile.Write(ref _entries[Place(owner, number)], new Entry(owner, number, block));

    /// <summary>Decompresses one frame; a context is worth keeping because making one costs as much as a block.</summary>
    public int Decompress(ReadOnlySpan<byte> frame, Span<byte> target)
    {
        ZstdSharp.Decompressor decompressor = _decompressors.TryTake(out ZstdSharp.Decompressor? idle) ? idle : new();
        try
        {
            return decompressor.Unwrap(frame, target);
        }
        finally
        {
            _decompressors.Add(decompressor);
        }
    }

    public void Dispose()
    {
        foreach (ZstdSharp.Decompressor decompressor in _decompressors)
            decompressor.Dispose();
    }

    // Neighbouring blocks fall into neighbouring places, so a walk through a segment never evicts itself.
    private static int Place(BlockReader owner, int number) => (int)((uint)(number + owner.CacheOffset) % Places);

    private sealed record Entry(BlockReader Owner, int Number, DecodedBlock Block);
}
