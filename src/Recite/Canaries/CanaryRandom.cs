using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Recite.Canaries;

/// <summary>
/// A stream of random bytes that only who knows the secret seed can predict: HMAC-SHA256 of a counter (the counter mode of NIST SP 800-108),
/// one stream for each purpose.
/// </summary>
internal sealed class CanaryRandom
{
    private readonly byte[] _key;
    private byte[] _block = [];
    private int _used;
    private ulong _counter;

    public CanaryRandom(ReadOnlySpan<byte> seed, string purpose) => _key = HMACSHA256.HashData(seed, Encoding.UTF8.GetBytes(purpose));

    /// <summary>The next so many bytes.</summary>
    public byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
            bytes[i] = Next();
        return bytes;
    }

    /// <summary>A whole number from 0 to below <paramref name="bound"/>, each equally likely.</summary>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        uint limit = uint.MaxValue - (uint.MaxValue % (uint)bound);
        uint value;
        do
        {
            value = BinaryPrimitives.ReadUInt32BigEndian(Bytes(4));
        }
        while (value >= limit);

        return (int)(value % (uint)bound);
    }

    /// <summary>One of the items.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    private byte Next()
    {
        if (_used == _block.Length)
        {
            byte[] counter = new byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(counter, _counter++);
            _block = HMACSHA256.HashData(_key, counter);
            _used = 0;
        }

        return _block[_used++];
    }
}
