using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Recite.Probes;

/// <summary>
/// Random numbers that are the same on every machine and version: SplitMix64 (Steele, Lea and Flood 2014). Every stream is derived from a
/// recorded random seed and the name of what it is for, so that no step disturbs another.
/// </summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A stream of its own for one purpose.</summary>
    public static SeededRandom For(ulong seed, string purpose) => new(Derive(seed, purpose));

    /// <summary>A random seed that depends on <paramref name="seed"/> and <paramref name="purpose"/> alone.</summary>
    public static ulong Derive(ulong seed, string purpose) => Derive(seed, Encoding.UTF8.GetBytes(purpose));

    /// <summary>The same for bytes.</summary>
    public static ulong Derive(ulong seed, ReadOnlySpan<byte> content)
    {
        Span<byte> key = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(key, seed);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(key);
        hash.AppendData(content);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash.GetHashAndReset());
    }

    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from 0 to below <paramref name="bound"/>, each equally likely.</summary>
    public long Below(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        // The last incomplete stretch of the range is thrown away; keeping it would favour small numbers.
        ulong range = (ulong)bound;
        ulong limit = ulong.MaxValue - (ulong.MaxValue % range);
        ulong value;
        do
        {
            value = Next();
        }
        while (value >= limit);

        return (long)(value % range);
    }

    /// <summary>Puts the items in random order (Fisher and Yates).</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (int i = items.Count - 1; i > 0; i--)
        {
            int j = (int)Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary><paramref name="count"/> different numbers below <paramref name="bound"/>, ascending (Floyd's algorithm: memory for the drawn ones only).</summary>
    public long[] Draw(long bound, int count)
    {
        if (count >= bound)
        {
            long[] all = new long[bound];
            for (long i = 0; i < bound; i++)
                all[i] = i;
            return all;
        }

        var drawn = new HashSet<long>(count);
        for (long last = bound - count; last < bound; last++)
        {
            long value = Below(last + 1);
            if (!drawn.Add(value))
                drawn.Add(last);
        }

        return [.. drawn.Order()];
    }
}
