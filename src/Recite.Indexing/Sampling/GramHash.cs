using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Recite.Indexing.Sampling;

/// <summary>
/// 64-bit multiply-fold hash of a k-gram (the mixing step of wyhash). No rolling state: the corpus is hashed only at sampled
/// positions, and the hashes of neighbouring positions do not wait for each other. Part of the disk format: changing a constant
/// changes every index.
/// </summary>
internal static class GramHash
{
    private const ulong Start = 0x9E3779B97F4A7C15;
    private const ulong Step = 0xA0761D6478BD642F;
    private const ulong End = 0xE7037ED1A0B428DB;

    /// <summary>Hash of all of <paramref name="gram"/>, whose length is a multiple of 8.</summary>
    public static ulong Compute(ReadOnlySpan<byte> gram) => Compute(ref MemoryMarshal.GetReference(gram), gram.Length / sizeof(ulong), out _);

    /// <summary>The hashes of the k-grams at each of the first positions of <paramref name="text"/>, as many as there is room for.</summary>
    public static void ComputeEach(ReadOnlySpan<byte> text, int gram, Span<ulong> hashes)
    {
        if (hashes.IsEmpty)
            return;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hashes.Length + gram - 1, text.Length, nameof(hashes));
        ref byte start = ref MemoryMarshal.GetReference(text);
        for (int i = 0; i < hashes.Length; i++)
            hashes[i] = Compute(ref Unsafe.Add(ref start, i), gram / sizeof(ulong), out _);
    }

    /// <summary>Hash of so many words from <paramref name="gram"/> on, and whether one of their bytes is 0xFF.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Compute(ref byte gram, int words, out bool holdsGap)
    {
        const ulong Ones = 0x0101010101010101;
        const ulong Highs = 0x8080808080808080;
        ulong hash = Start;
        ulong gaps = 0;
        for (int i = 0; i < words; i++)
        {
            ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref gram, i * sizeof(ulong)));
            if (!BitConverter.IsLittleEndian)
                word = BinaryPrimitives.ReverseEndianness(word);
            hash = Fold(hash ^ word, Step);

            // The zero-byte test of the complement: exact as to whether there is one.
            gaps |= (~word - Ones) & word & Highs;
        }

        holdsGap = gaps != 0;
        return Fold(hash, End);
    }

    private static ulong Fold(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
