using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Recite.Indexing.Segments;

/// <summary>
/// The check points of a block as they stand behind its text: for each, what it adds to the one before, twice the original bytes (plus one
/// where the stretch is one cluster) and the normalized bytes. Numbers take seven bits a byte, lowest first, high bit set while more follow.
/// </summary>
internal static class CheckPoints
{
    /// <summary>Appends one, which lies behind the one before.</summary>
    public static void Write(IBufferWriter<byte> output, CheckPoint before, CheckPoint point)
    {
        WriteNumber(output, ((ulong)(point.Original - before.Original) << 1) | (point.IsOneCluster ? 1UL : 0));
        WriteNumber(output, (ulong)(point.Normalized - before.Normalized));
    }

    /// <summary>Reads them all; false if they are none or reach beyond the block's text.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, int originalBytes, [NotNullWhen(true)] out CheckPoint[]? points)
    {
        points = null;
        List<CheckPoint> read = [];
        long original = 0, normalized = 0;
        while (!source.IsEmpty)
        {
            if (!TryReadNumber(ref source, out ulong first) || !TryReadNumber(ref source, out ulong second))
                return false;
            original += (long)(first >> 1);
            normalized += (long)second;
            if (original >= originalBytes || normalized > int.MaxValue)
                return false;
            read.Add(new CheckPoint((int)original, (int)normalized, (first & 1) != 0));
        }

        points = [.. read];
        return true;
    }

    private static void WriteNumber(IBufferWriter<byte> output, ulong number)
    {
        Span<byte> room = output.GetSpan(10);
        int used = 0;
        for (; number >= 0x80; number >>= 7)
            room[used++] = (byte)(number | 0x80);
        room[used++] = (byte)number;
        output.Advance(used);
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> source, out ulong number)
    {
        // No number of a block needs more than 32 bits.
        const int MostBytes = 5;
        number = 0;
        for (int i = 0; i < MostBytes && i < source.Length; i++)
        {
            number |= (ulong)(source[i] & 0x7F) << (7 * i);
            if (source[i] < 0x80)
            {
                source = source[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
