namespace Recite.Indexing.Corpora;

/// <summary>
/// Says of most keys that they were never added, without a look at the tables: a blocked Bloom filter of one cache line for a key
/// (Putze, Sanders and Singler 2009). Without it, a new text would have to be searched in every table of a large corpus.
/// </summary>
internal sealed class KeyFilter(long bytes)
{
    private const int LineWords = 8;
    private const int BitsPerKey = 4;
    private const int PlaceBits = 9;

    private readonly ulong[] _words = new ulong[Math.Max(1, bytes / (LineWords * sizeof(ulong))) * LineWords];

    public void Add(UInt128 key)
    {
        int line = Line(key);
        ulong places = (ulong)(key >> 64);
        for (int i = 0; i < BitsPerKey; i++, places >>= PlaceBits)
            _words[line + (int)(places >> 6 & (LineWords - 1))] |= 1UL << (int)(places & 63);
    }

    /// <summary>False when the key was certainly never added.</summary>
    public bool MayContain(UInt128 key)
    {
        int line = Line(key);
        ulong places = (ulong)(key >> 64);
        for (int i = 0; i < BitsPerKey; i++, places >>= PlaceBits)
        {
            if ((_words[line + (int)(places >> 6 & (LineWords - 1))] & (1UL << (int)(places & 63))) == 0)
                return false;
        }

        return true;
    }

    // The lower half of the key chooses the line, the upper half the bits in it.
    private int Line(UInt128 key) => (int)((ulong)key % (ulong)(_words.Length / LineWords)) * LineWords;
}
