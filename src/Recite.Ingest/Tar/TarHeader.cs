using System.Buffers.Binary;
using System.Text;

namespace Recite.Ingest.Tar;

/// <summary>One header block of a tar archive (POSIX.1-2017 pax, section "ustar Interchange Format", and GNU's additions).</summary>
/// <param name="Path">The path as the header gives it; an extended header may give another.</param>
/// <param name="Type">The type flag.</param>
/// <param name="SizeBytes">Bytes of content that follow, before padding.</param>
internal readonly record struct TarHeader(string Path, char Type, long SizeBytes)
{
    /// <summary>Bytes of a header, and what content is padded to.</summary>
    public const int BlockBytes = 512;

    private const int ChecksumOffset = 148;
    private const int ChecksumBytes = 8;

    /// <summary>More than any file has, and far from what a long cannot hold.</summary>
    public const long MaxSizeBytes = 1L << 60;

    /// <summary>Whether this is content that a program wrote into a file, and no link, folder or device.</summary>
    public bool IsFile => Type is '0' or '\0' or '7';

    /// <summary>Whether the block is a header: its checksum is that of its bytes.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> block)
    {
        if (block.Length < BlockBytes || !TryReadOctal(block.Slice(ChecksumOffset, ChecksumBytes), out long claimed))
            return false;

        // The checksum counts its own field as spaces. Some old programs summed signed bytes.
        long unsigned = ' ' * ChecksumBytes;
        long signed = unsigned;
        for (int i = 0; i < BlockBytes; i++)
        {
            if (i is >= ChecksumOffset and < ChecksumOffset + ChecksumBytes)
                continue;
            unsigned += block[i];
            signed += (sbyte)block[i];
        }

        return claimed == unsigned || claimed == signed;
    }

    /// <summary>Reads a block that is a header; false when it gives no size.</summary>
    public static bool TryRead(ReadOnlySpan<byte> block, out TarHeader header)
    {
        header = default;
        if (!IsHeader(block) || !TryReadSize(block.Slice(124, 12), out long size))
            return false;
        string path = ReadText(block[..100]);
        bool hasPrefix = block.Slice(257, 6).SequenceEqual("ustar\0"u8) && block[345] != 0;
        header = new TarHeader(hasPrefix ? ReadText(block.Slice(345, 155)) + "/" + path : path, (char)block[156], size);
        return true;
    }

    /// <summary>Text up to the first NUL.</summary>
    public static string ReadText(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    // GNU writes sizes from 8 GiB on as a big-endian number whose first bit is set.
    private static bool TryReadSize(ReadOnlySpan<byte> field, out long size)
    {
        if ((field[0] & 0x80) == 0)
            return TryReadOctal(field, out size);
        size = BinaryPrimitives.ReadInt64BigEndian(field[4..]);
        return field[0] == 0x80 && !field[1..4].ContainsAnyExcept((byte)0) && size is >= 0 and <= MaxSizeBytes;
    }

    private static bool TryReadOctal(ReadOnlySpan<byte> field, out long value)
    {
        value = 0;
        ReadOnlySpan<byte> digits = field.Trim(" \0"u8);
        if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'7'))
            return false;
        foreach (byte digit in digits)
            value = (value << 3) | (uint)(digit - '0');
        return true;
    }
}
