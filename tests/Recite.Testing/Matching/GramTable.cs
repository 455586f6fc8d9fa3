namespace Recite.Testing.Matching;

/// <summary>Finds all places in a text where one of many n-grams of the same length stands, by a rolling hash (Karp and Rabin 1987).</summary>
internal sealed class GramTable(int length)
{
    private const ulong Base = 0x100000001B3;
    private const int FilterBits = 27;

    private readonly Dictionary<ulong, List<(byte[] Gram, (int, int) Tag)>> _grams = [];
    private readonly ulong[] _filter = new ulong[1 << (FilterBits - 6)];

    public void Add(ReadOnlySpan<byte> gram, (int, int) tag)
    {
        ulong hash = 0;
        foreach (byte value in gram)
            hash = (hash * Base) + value + 1;
        if (!_grams.TryGetValue(hash, out List<(byte[], (int, int))>? tags))
            _grams.Add(hash, tags = []);
        tags.Add((gram.ToArray(), tag));
        int bit = FilterBit(hash);
        _filter[bit >> 6] |= 1ul << (bit & 63);
    }

    public IEnumerable<(int At, (int, int) Tag)> Scan(byte[] text)
    {
        ulong drop = 1;
        for (int i = 0; i < length; i++)
            drop *= Base;

        ulong hash = 0;
        for (int end = 0; end < text.Length; end++)
        {
            hash = (hash * Base) + text[end] + 1;
            if (end >= length)
                hash -= drop * (text[end - length] + 1ul);
            int bit = FilterBit(hash);
            if (end < length - 1 || (_filter[bit >> 6] >> (bit & 63) & 1) == 0 || !_grams.TryGetValue(hash, out List<(byte[] Gram, (int, int) Tag)>? tags))
                continue;

            int at = end - length + 1;
            foreach ((byte[] gram, (int, int) tag) in tags)
            {
                if (text.AsSpan(at, length).SequenceEqual(gram))
                    yield return (at, tag);
            }
        }
    }

    private static int FilterBit(ulong hash) => (int)((hash * 0x9E3779B97F4A7C15) >> (64 - FilterBits));
}
