namespace Recite.Models.Onnx;

/// <summary>
/// Philox4x32-10 of Salmon et al. 2011 ("Parallel random numbers: as easy as 1, 2, 3"): the n-th number of a random seed is
/// computed from the seed and n alone, so that a completion depends on neither its neighbours nor its turn.
/// </summary>
internal static class Philox
{
    private const int Rounds = 10;

    /// <summary>The number for <paramref name="step"/>, uniform in [0, 1) with 53 bits.</summary>
    public static double Uniform(ulong seed, ulong step)
    {
        (uint x0, uint x1, _, _) = Generate(((uint)step, (uint)(step >> 32), 0, 0), ((uint)seed, (uint)(seed >> 32)));
        return ((((ulong)x1 << 32) | x0) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>The block of a counter under a key, as the paper defines it.</summary>
    public static (uint X0, uint X1, uint X2, uint X3) Generate((uint C0, uint C1, uint C2, uint C3) counter, (uint K0, uint K1) key)
    {
        (uint c0, uint c1, uint c2, uint c3) = counter;
        (uint k0, uint k1) = key;
        for (int round = 0; round < Rounds; round++)
        {
            ulong a = 0xD2511F53UL * c0;
            ulong b = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = ((uint)(b >> 32) ^ c1 ^ k0, (uint)b, (uint)(a >> 32) ^ c3 ^ k1, (uint)a);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }

        return (c0, c1, c2, c3);
    }
}
