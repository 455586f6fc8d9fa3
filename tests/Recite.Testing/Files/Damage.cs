namespace Recite.Testing.Files;

/// <summary>Ways to spoil the bytes of a file.</summary>
public static class Damage
{
    /// <summary>A copy with one bit turned.</summary>
    public static byte[] FlipBit(byte[] bytes, int bit)
    {
        byte[] copy = [.. bytes];
        copy[bit / 8] ^= (byte)(1 << (bit % 8));
        return copy;
    }

    /// <summary>The first bytes only.</summary>
    public static byte[] Truncate(byte[] bytes, int length) => bytes[..length];
}
