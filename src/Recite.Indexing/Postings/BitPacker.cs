using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Recite.Indexing.Postings;

/// <summary>Packs values of a fixed number of bits, at most 57, least significant bit first, into bytes that grow; reads them again.</summary>
internal sealed class BitPacker
{
    private byte[] _bytes = new byte[1 << 12];
    private ulong _pending;
    private int _pendingBits;
    private int _count;

    /// <summary>The whole bytes so far.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _count);

    /// <summary>Appends the low bits of a value; what stands above them is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ulong value, int bits)
    {
        // Fewer than 8 bits are pending, so a value of at most 57 fits above them.
        _pending |= value << _pendingBits;
        _pendingBits += bits;
        if (_bytes.Length - _count < 2 * sizeof(ulong))
            Array.Resize(ref _bytes, _bytes.Length * 2);
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(_count), _pending);
        int whole = _pendingBits >> 3;
        _count += whole;
        _pending = _pendingBits == 64 ? 0 : _pending >> (whole << 3);
        _pendingBits &= 7;
    }

    /// <summary>Fills the last byte with zeros.</summary>
    public void Align()
    {
        if (_pendingBits > 0)
            Append(0, 8 - _pendingBits);
    }

    /// <summary>Forgets the whole bytes, once they are written; bits of a byte that is not full stay.</summary>
    public void Drain() => _count = 0;

    /// <summary>Reads value number <paramref name="index"/>; 8 bytes must be readable from its first byte on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe ulong Read(byte* packed, long index, int bits)
    {
        long bit = index * bits;
        return (ReadWord(packed + (bit >> 3)) >> (int)(bit & 7)) & ((1ul << bits) - 1);
    }

    /// <summary>Eight bytes, least significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe ulong ReadWord(byte* at)
    {
        ulong word = Unsafe.ReadUnaligned<ulong>(at);
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }
}
