namespace Recite.Models.Tokenizers;

/// <summary>
/// The 256 printable characters that byte-level vocabularies are written in (GPT-2's <c>bytes_to_unicode</c>): bytes that
/// print stand for themselves, the other 68 for U+0100 and up, in order.
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] s_ofByte = BuildAlphabet();
    private static readonly Dictionary<char, byte> s_ofChar = BuildInverse();

    /// <summary>The character that stands for a byte.</summary>
    public static char CharOf(byte value) => s_ofByte[value];

    /// <summary>The bytes a vocabulary entry stands for; false if a character is not of the alphabet.</summary>
    public static bool TryReadBytes(ReadOnlySpan<char> entry, out byte[] bytes)
    {
        bytes = new byte[entry.Length];
        for (int i = 0; i < entry.Length; i++)
        {
            if (!s_ofChar.TryGetValue(entry[i], out bytes[i])) return false;
        }

        return true;
    }

    private static char[] BuildAlphabet()
    {
        var alphabet = new char[256];
        char next = '\u0100';
        for (int value = 0; value < 256; value++)
        {
            bool prints = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            alphabet[value] = prints ? (char)value : next++;
        }

        return alphabet;
    }

    private static Dictionary<char, byte> BuildInverse()
    {
        var inverse = new Dictionary<char, byte>(256);
        for (int value = 0; value < 256; value++) inverse.Add(s_ofByte[value], (byte)value);
        return inverse;
    }
}
