using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Recite.Ingest.Jsonl;

/// <summary>
/// Finds the end of a JSON string (RFC 8259, section 7), and unescapes it on the way, 32 bytes at a time. Says only whether a string is sound;
/// what is wrong with it, somebody else finds.
/// </summary>
internal static class JsonStringScan
{
    /// <summary>Bytes that a target must be longer than what is left of the line: they are written, and mean nothing.</summary>
    public const int Slack = 32;

    /// <summary>What says that a string does not end, or holds what none may.</summary>
    public const int Unsound = -1;

    private const int UnitEscapeBytes = 6;   // \uXXXX
    private const byte Quote = (byte)'"';
    private const byte Backslash = (byte)'\\';
    private const byte FirstPrintable = 0x20;

    private static readonly SearchValues<byte> s_ends = SearchValues.Create([.. Enumerable.Range(0, FirstPrintable).Select(value => (byte)value), Quote, Backslash]);

    // What the letter behind a backslash stands for; 0 where no letter may stand there, or u.
    private static ReadOnlySpan<byte> Meanings => "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\"\0\0\0\0\0\0\0\0\0\0\0\0/\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\\\0\0\0\0\0\b\0\0\0\f\0\0\0\0\0\0\0\n\0\0\0\r\0\t\0\0\0\0\0\0\0\0\0\0\0"u8;

    /// <summary>The place of the quote that ends a string, or <see cref="Unsound"/>.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">The byte behind the opening quote.</param>
    /// <param name="isEscaped">Whether there are escapes in it.</param>
    public static int FindEnd(ReadOnlySpan<byte> line, int at, out bool isEscaped)
    {
        isEscaped = false;
        while (true)
        {
            int plain = line[at..].IndexOfAny(s_ends);
            if (plain < 0)
                return Unsound;
            at += plain;
            if (line[at] == Quote)
                return at;
            int escape = EscapeBytes(line, at);
            if (escape == 0)
                return Unsound;
            isEscaped = true;
            at += escape;
        }
    }

    /// <summary>The same, and what the string says, as UTF-8; half a surrogate pair becomes U+FFFD.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">The byte behind the opening quote.</param>
    /// <param name="target">At least as long as what is left of the line and <see cref="Slack"/>.</param>
    /// <param name="written">Bytes of the text.</param>
    public static int Unescape(ReadOnlySpan<byte> line, int at, Span<byte> target, out int written)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, line.Length - at + Slack, nameof(target));
        ref byte source = ref MemoryMarshal.GetReference(line);
        ref byte text = ref MemoryMarshal.GetReference(target);
        written = 0;
        while (true)
        {
            // An escape never says more than it takes, so what is written never gets ahead of what is read.
            int plain = CopyPlain(ref Unsafe.Add(ref source, at), line.Length - at, ref Unsafe.Add(ref text, written));
            at += plain;
            written += plain;
            if (at == line.Length)
                return Unsound;
            if (line[at] == Quote)
                return at;

            // Text in other scripts than Latin is often nothing but escapes.
            do
            {
                int escape = EscapeBytes(line, at);
                if (escape == 0)
                    return Unsound;
                at += escape == 2 ? Append(Meanings[line[at + 1]], target, ref written) : JsonText.Escape(line[at..], target, ref written);
            }
            while (at < line.Length && line[at] == Backslash);
        }
    }

    private static int Append(byte value, Span<byte> target, ref int written)
    {
        target[written++] = value;
        return 2;
    }

    /// <summary>Copies up to the first quote, backslash or control character, or the end; returns how many bytes that were.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CopyPlain(ref byte source, int length, ref byte target)
    {
        int at = 0;
        for (; at <= length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            var bytes = Vector256.LoadUnsafe(ref source, (nuint)at);
            bytes.StoreUnsafe(ref target, (nuint)at);
            uint ends = (Vector256.Equals(bytes, Vector256.Create(Quote)) | Vector256.Equals(bytes, Vector256.Create(Backslash))
                | Vector256.LessThan(bytes, Vector256.Create(FirstPrintable))).ExtractMostSignificantBits();
            if (ends != 0)
                return at + BitOperations.TrailingZeroCount(ends);
        }

        for (; at < length; at++)
        {
            byte value = Unsafe.Add(ref source, at);
            if (value is Quote or Backslash or < FirstPrintable)
                return at;
            Unsafe.Add(ref target, at) = value;
        }

        return length;
    }

    // 0 where no sound escape stands.
    private static int EscapeBytes(ReadOnlySpan<byte> line, int at)
    {
        if (line[at] != Backslash || at + 1 >= line.Length)
            return 0;
        byte letter = line[at + 1];
        if (letter != (byte)'u')
            return letter < Meanings.Length && Meanings[letter] != 0 ? 2 : 0;
        if (line.Length - at < UnitEscapeBytes)
            return 0;
        for (int i = at + 2; i < at + UnitEscapeBytes; i++)
        {
            if (!char.IsAsciiHexDigit((char)line[i]))
                return 0;
        }

        return UnitEscapeBytes;
    }
}
