using System.IO.Compression;

namespace Recite.Ingest.Pdf;

/// <summary>How many bytes the packings of PDF (ISO 32000-1, section 7.4) would give, found out without keeping any.</summary>
internal static class UnpackedSizes
{
    /// <summary>Bytes of a zlib stream up to its end or damage; more than <paramref name="most"/> when they are more.</summary>
    public static long OfFlate(Memory<byte> packed, long most)
    {
        // As the library does: whatever the two bytes of its header say.
        using var deflate = new DeflateStream(new MemoryStream(packed[Math.Min(2, packed.Length)..].ToArray(), writable: false), CompressionMode.Decompress);
        byte[] buffer = new byte[32 << 10];
        long bytes = 0;
        try
        {
            for (int length; bytes <= most && (length = deflate.Read(buffer)) > 0;)
                bytes += length;
        }
        catch (InvalidDataException)
        {
            // What stands before the damage is still given, and was counted to within one buffer.
            bytes += buffer.Length;
        }

        return bytes;
    }

    /// <summary>Bytes of an LZW stream, whichever way its codes grow wider: the library believes the dictionary about that.</summary>
    public static long OfLzw(Memory<byte> packed, long most) =>
        Math.Max(OfLzw(packed.Span, most, earlyChange: 1), OfLzw(packed.Span, most, earlyChange: 0));

    /// <summary>Bytes of a run-length stream.</summary>
    public static long OfRunLength(Memory<byte> packed, long most)
    {
        const byte EndOfData = 128;
        ReadOnlySpan<byte> rest = packed.Span;
        long bytes = 0;
        while (!rest.IsEmpty && rest[0] != EndOfData)
        {
            int literal = rest[0] < EndOfData ? rest[0] + 1 : 1;
            bytes += rest[0] < EndOfData ? literal : 257 - rest[0];
            rest = rest[Math.Min(rest.Length, 1 + literal)..];
        }

        return bytes;
    }

    /// <summary>Bytes of an ASCII base-85 stream, at most: five characters give four bytes, and z alone does.</summary>
    public static long OfAscii85(Memory<byte> packed, long most) => packed.Span.Count((byte)'z') * 4L + packed.Length;

    /// <summary>Bytes of a hexadecimal stream, at most.</summary>
    public static long OfHex(Memory<byte> packed, long most) => (packed.Length / 2) + 1;

    private static long OfLzw(ReadOnlySpan<byte> packed, long most, int earlyChange)
    {
        const int ClearTable = 256, EndOfData = 257, FirstFree = 258, TableSize = 4096;
        var lengths = new long[TableSize];
        int next = FirstFree, width = 9, bits = 0;
        uint held = 0;
        long bytes = 0, previous = 0;
        foreach (byte part in packed)
        {
            held = (held << 8) | part;
            bits += 8;
            if (bits < width)
                continue;
            bits -= width;
            int code = (int)(held >> bits) & ((1 << width) - 1);
            if (code == EndOfData || bytes > most)
                break;
            if (code == ClearTable)
            {
                next = FirstFree;
                width = 9;
                previous = 0;
                continue;
            }

            long length = code < ClearTable ? 1 : code < next ? lengths[code] : previous + 1;
            bytes += length;
            if (previous > 0 && next < TableSize)
                lengths[next++] = previous + 1;

            int from = next + earlyChange;
            width = from >= 2048 ? 12 : from >= 1024 ? 11 : from >= 512 ? 10 : 9;
            previous = length;
        }

        return bytes;
    }
}
