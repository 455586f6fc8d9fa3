using System.Buffers.Binary;

namespace Recite.Indexing.Sampling;

/// <summary>
/// 64-bit multiply-fold hash of a k-gram (the mixing step of wyhash). No rolling state: the corpus is hashed only at sampled
/// positions. Part of the disk format: changing a constant changes every index.
/// </summary>
internal static class GramHash
{
    private const ulong Start = 0x9E3779B97F4A7C15;
    private const ulong Step = 0xA0761D6478BD642F;
    private const ulong End = 0xE7037ED1A0B428DB;

    /// <summary>Hash of all of <paramref name="gram"/>, whose length is a multiple of 8.</summary>
    public static ulong Compute(ReadOnlySpan<byte> gram)
    {
        ulong hash = Start;
        for (int i = 0; i + sizeof(ulong) <= gram.Length; i += sizeof(ulong))
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(gram[i..]), Step);
        return Fold(hash, End);
    }

    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
