using System.Buffers;

namespace Recite.Ingest.Pdf;

/// <summary>
/// Looks at the ranges of character maps (Adobe technical note 5014, section 1.4.2) before the library spreads them out: two codes can
/// stand for four thousand million characters, and it would write down each.
/// </summary>
internal static class CharacterMaps
{
    private const int MaxCodeBytes = 4;

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("+-.0123456789"u8);

    /// <summary>How many characters the ranges of a stream stand for, if it is a character map; bounded by what a long holds.</summary>
    public static long CharactersOf(ReadOnlySpan<byte> stream)
    {
        long characters = 0;
        for (int at = stream.IndexOf("range"u8); at >= 0 && characters >= 0;)
        {
            stream = stream[(at + "range"u8.Length)..];
            while (TryReadCode(ref stream, out ulong first, out int bytes) && TryReadCode(ref stream, out ulong last, out int lastBytes))
            {
                if (bytes > MaxCodeBytes || lastBytes > MaxCodeBytes)
                    return long.MaxValue;

                // The library counts byte by byte from the first code on, however long the last one is.
                last = bytes >= lastBytes ? last << (8 * (bytes - lastBytes)) : last >> (8 * (lastBytes - bytes));
                characters += last > first ? (long)(last - first) + 1 : 1;
                if (!TrySkipTarget(ref stream))
                    break;
            }

            at = stream.IndexOf("range"u8);
        }

        return characters < 0 ? long.MaxValue : characters;
    }

    private static bool TryReadCode(ref ReadOnlySpan<byte> rest, out ulong code, out int bytes)
    {
        code = 0;
        bytes = 0;
        SkipSpace(ref rest);
        if (rest.IsEmpty || rest[0] != '<')
            return false;
        int end = rest.IndexOf((byte)'>');
        if (end < 0)
            return false;
        int digits = 0;
        foreach (byte digit in rest[1..end])
        {
            if (!char.IsAsciiHexDigit((char)digit))
                continue;
            digits++;
            code = (code << 4) | (uint)Convert.ToInt32(((char)digit).ToString(), 16);
        }

        bytes = (digits + 1) / 2;
        code <<= digits % 2 * 4;
        rest = rest[(end + 1)..];
        return true;
    }

    // Of a range: a code, a number, or an array of codes and names, which is as long as it is written.
    private static bool TrySkipTarget(ref ReadOnlySpan<byte> rest)
    {
        SkipSpace(ref rest);
        if (rest.IsEmpty)
            return false;
        if (rest[0] == '<')
            return TryReadCode(ref rest, out _, out _);
        if (rest[0] == '[')
        {
            int end = rest.IndexOf((byte)']');
            rest = end < 0 ? default : rest[(end + 1)..];
            return end >= 0;
        }

        int length = rest.IndexOfAnyExcept(NumberBytes);
        if (length <= 0)
            return false;
        rest = rest[length..];
        return true;
    }

    private static void SkipSpace(ref ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            if (rest[0] == '%')
                rest = rest.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and int end ? rest[end..] : default;
            else if (rest[0] is 0 or 9 or 10 or 12 or 13 or 32)
                rest = rest[1..];
            else
                return;
        }
    }
}
