using System.Buffers;
using System.Text;

namespace Recite.Ingest.Encodings;

/// <summary>
/// Decodes text that is not valid UTF-8: in the encoding that was named; else damaged UTF-8 with U+FFFD, an encoding that the
/// bytes show, and everything else as Latin-1.
/// </summary>
internal static class FallbackDecoder
{
    // Real Latin-1 forms a valid UTF-8 sequence now and then; ten times as many valid as broken ones is UTF-8 with damage.
    private const int ValidPerBroken = 10;

    // A short remark in quotes is half quotes.
    private const int UpperControlsOfAnyText = 4;

    /// <summary>Decodes a whole text, and has something to say about it unless its encoding was named.</summary>
    /// <exception cref="IngestException">Too many bytes are control characters in Latin-1 too.</exception>
    public static DecodedText Decode(ReadOnlyMemory<byte> bytes, string label, Encoding? named = null) =>
        named is null ? Decode(bytes, label, LegacySample.Of(bytes.Span)) : DecodeNamed(bytes, label, named);

    /// <summary>Decodes a part of a file, in what the beginning of the file shows it to be in.</summary>
    /// <exception cref="IngestException">Too many bytes are control characters in Latin-1 too.</exception>
    public static DecodedText Decode(ReadOnlyMemory<byte> bytes, string label, LegacySample sample)
    {
        if (sample.Named is not null)
            return DecodeNamed(bytes, label, sample.Named);
        ReadOnlySpan<byte> span = bytes.Span;
        CountSequences(span, out long valid, out long broken);
        if (valid >= ValidPerBroken * broken)
        {
            byte[] repaired = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(span));
            return new DecodedText(repaired, "utf-8", $"{label} is UTF-8 with {broken} damaged characters, read as U+FFFD.");
        }

        if (sample.Guess is { } guess)
        {
            string name = CodePages.NameOf(guess);
            return new DecodedText(ToUtf8(guess, span), name, $"{label} is not valid UTF-8 and was read as {name}, judged by its bytes: name its encoding (--encoding) if that is wrong.");
        }

        ReadOnlySpan<byte> window = span[..Math.Min(span.Length, InputFile.HeadBytes)];
        if (CountUpperControls(window) > UpperControlsOfAnyText + (window.Length / 10))
            throw new IngestException(SkipKind.NotText, $"{label} is neither UTF-8 nor Latin-1: name its encoding (--encoding), convert it to UTF-8, or leave it out if it is no text.");

        // Bytes 0x80 to 0x9F are control characters in Latin-1 and quotes, dashes and letters in windows-1252, which means them.
        Encoding legacy = span.ContainsAnyInRange((byte)0x80, (byte)0x9F) ? CodePages.Windows1252 : Encoding.Latin1;
        return new DecodedText(ToUtf8(legacy, span), legacy.WebName, $"{label} is not valid UTF-8 and was read as Latin-1 ({legacy.WebName}): name its encoding (--encoding) if that is wrong.");
    }

    private static DecodedText DecodeNamed(ReadOnlyMemory<byte> bytes, string label, Encoding named)
    {
        byte[] converted = ToUtf8(named, bytes.Span);
        string name = CodePages.NameOf(named);
        int damaged = converted.AsSpan().Count([(byte)0xEF, (byte)0xBF, (byte)0xBD]);
        return new DecodedText(converted, name, damaged == 0 ? null : $"{label} has {damaged} characters that are none in {name}, read as U+FFFD.");
    }

    private static byte[] ToUtf8(Encoding from, ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetBytes(from.GetString(bytes));

    private static void CountSequences(ReadOnlySpan<byte> bytes, out long valid, out long broken)
    {
        valid = 0;
        broken = 0;
        while (true)
        {
            int next = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (next < 0)
                return;
            bytes = bytes[next..];
            if (Rune.DecodeFromUtf8(bytes, out _, out int length) == OperationStatus.Done)
                valid++;
            else
                broken++;
            bytes = bytes[length..];
        }
    }

    private static int CountUpperControls(ReadOnlySpan<byte> window)
    {
        int count = 0;
        foreach (byte b in window)
            count += b is >= 0x80 and < 0xA0 ? 1 : 0;
        return count;
    }
}
