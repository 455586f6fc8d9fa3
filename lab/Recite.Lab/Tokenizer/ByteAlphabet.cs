using System.Text;

namespace Recite.Lab.Tokenizer;

/// <summary>GPT-2's printable stand-in for each byte: visible Latin-1 characters stand for themselves, the rest start at U+0100.</summary>
internal static class ByteAlphabet
{
    private static readonly char[] s_charOfByte = Build(out s_order);
    private static readonly byte[] s_order;

    /// <summary>The bytes in the order of their token ids.</summary>
    public static ReadOnlySpan<byte> BytesByTokenId => s_order;

    public static string Spell(ReadOnlySpan<byte> bytes)
    {
        var spelled = new StringBuilder(bytes.Length);
        foreach (byte b in bytes)
            spelled.Append(s_charOfByte[b]);
        return spelled.ToString();
    }

    private static char[] Build(out byte[] order)
    {
        var chars = new char[256];
        var visible = new List<byte>();
        var hidden = new List<byte>();
        for (int b = 0; b < 256; b++)
        {
            bool stands = b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            chars[b] = (char)(stands ? b : 0x100 + hidden.Count);
            (stands ? visible : hidden).Add((byte)b);
        }

        order = [.. visible, .. hidden];
        return chars;
    }
}
