using System.Buffers.Text;
using System.Text;

namespace Recite.Ingest.Jsonl;

/// <summary>
/// Turns what stands between the quotes of a JSON string into UTF-8 without the detour over UTF-16. Half a surrogate pair
/// becomes U+FFFD, where <see cref="System.Text.Json"/> would throw the document away.
/// </summary>
internal static class JsonText
{
    private const int HexDigits = 4;

    /// <summary>Unescapes into an array of its own.</summary>
    /// <param name="raw">Between the quotes; valid UTF-8 whose escapes a JSON reader has accepted.</param>
    public static ReadOnlyMemory<byte> ToUtf8(ReadOnlySpan<byte> raw)
    {
        byte[] text = GC.AllocateUninitializedArray<byte>(raw.Length);
        int length = Unescape(raw, text);

        // Text that is all escapes shrinks to a third: then the array is worth a copy, else the slack is.
        return length < raw.Length - (raw.Length / 4) ? text.AsSpan(0, length).ToArray() : text.AsMemory(0, length);
    }

    /// <summary>Unescapes into a string.</summary>
    public static string ToText(ReadOnlySpan<byte> raw) => Encoding.UTF8.GetString(ToUtf8(raw).Span);

    /// <summary>Unescapes into a buffer as long as the input, which an escape never exceeds; returns the bytes written.</summary>
    public static int Unescape(ReadOnlySpan<byte> raw, Span<byte> text)
    {
        int written = 0;
        while (true)
        {
            int plain = raw.IndexOf((byte)'\\');
            if (plain < 0)
            {
                raw.CopyTo(text[written..]);
                return written + raw.Length;
            }

            raw[..plain].CopyTo(text[written..]);
            written += plain;
            raw = raw[plain..];
            raw = raw[Escape(raw, text, ref written)..];
        }
    }

    /// <summary>Writes what a sound escape stands for, and returns its length: two bytes, six, or twelve for a pair.</summary>
    public static int Escape(ReadOnlySpan<byte> raw, Span<byte> text, ref int written)
    {
        byte kind = raw[1];
        if (kind != (byte)'u')
        {
            text[written++] = kind switch
            {
                (byte)'n' => (byte)'\n',
                (byte)'t' => (byte)'\t',
                (byte)'r' => (byte)'\r',
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                _ => kind,
            };
            return 2;
        }

        int length = 2 + HexDigits;
        char unit = Unit(raw);
        if (!Rune.TryCreate(unit, out Rune rune))
        {
            bool isPair = raw.Length >= 2 * length && raw[length] == (byte)'\\' && raw[length + 1] == (byte)'u'
                && Rune.TryCreate(unit, Unit(raw[length..]), out rune);
            if (isPair)
                length *= 2;
            else
                rune = Rune.ReplacementChar;
        }

        written += rune.EncodeToUtf8(text[written..]);
        return length;
    }

    private static char Unit(ReadOnlySpan<byte> escape)
    {
        _ = Utf8Parser.TryParse(escape.Slice(2, HexDigits), out ushort unit, out _, 'x');
        return (char)unit;
    }
}
