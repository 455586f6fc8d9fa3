using System.Text;

namespace Recite.Ingest.Encodings;

/// <summary>Tells Unicode encodings by their byte order mark, and UTF-16 without one by where its zero bytes are.</summary>
internal static class UnicodeDetection
{
    private const int WindowBytes = InputFile.HeadBytes;

    /// <summary>The encoding that the bytes show; <see cref="Unicode.Unknown"/> for UTF-8 without a mark and for everything else.</summary>
    public static Unicode Detect(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return Unicode.Utf8;

        // FF FE 00 00 could also be UTF-16 that starts with U+0000, which no text does.
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]))
            return Unicode.Utf32LittleEndian;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
            return Unicode.Utf32BigEndian;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Unicode.Utf16LittleEndian;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Unicode.Utf16BigEndian;

        ReadOnlySpan<byte> window = bytes[..Math.Min(bytes.Length, WindowBytes)];
        return window.Contains((byte)0) ? GuessUtf16(window) : Unicode.Unknown;
    }

    /// <summary>The decoder of an encoding; damaged input becomes U+FFFD and a byte order mark stays.</summary>
    public static Encoding EncodingOf(Unicode unicode) => unicode switch
    {
        Unicode.Utf16LittleEndian => new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
        Unicode.Utf16BigEndian => new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
        Unicode.Utf32LittleEndian => new UTF32Encoding(bigEndian: false, byteOrderMark: false),
        Unicode.Utf32BigEndian => new UTF32Encoding(bigEndian: true, byteOrderMark: false),
        _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    };

    /// <summary>The name that a document carries.</summary>
    public static string NameOf(Unicode unicode) => unicode switch
    {
        Unicode.Utf16LittleEndian => "utf-16le",
        Unicode.Utf16BigEndian => "utf-16be",
        Unicode.Utf32LittleEndian => "utf-32le",
        Unicode.Utf32BigEndian => "utf-32be",
        _ => "utf-8",
    };

    private static Unicode GuessUtf16(ReadOnlySpan<byte> window)
    {
        var little = Utf16Plausibility.Of(window, bigEndian: false);
        var big = Utf16Plausibility.Of(window, bigEndian: true);
        if (little.IsText && (!big.IsText || little.UnitsBelow256 >= big.UnitsBelow256))
            return Unicode.Utf16LittleEndian;
        return big.IsText ? Unicode.Utf16BigEndian : Unicode.Unknown;
    }
}
