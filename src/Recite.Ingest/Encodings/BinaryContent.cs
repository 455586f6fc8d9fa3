using System.Buffers;

namespace Recite.Ingest.Encodings;

/// <summary>Recognizes content that is no text.</summary>
internal static class BinaryContent
{
    private const int WindowBytes = InputFile.HeadBytes;
    private const int TarMagicOffset = 257;

    // Everything below 0x20 but tab, line feed, vertical tab, form feed, carriage return and escape; and delete.
    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 29, 30, 31, 127]);

    /// <summary>The kind of file that starts with these bytes, as in <c>a PNG image</c>; null when none is known.</summary>
    public static string? Recognize(ReadOnlySpan<byte> head)
    {
        if (head.Length >= TarMagicOffset + 5 && head[TarMagicOffset..].StartsWith("ustar"u8))
            return "a tar archive";
        return head switch
        {
            [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] => "an ELF program",
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, ..] => "a PNG image",
            [0xFF, 0xD8, 0xFF, ..] => "a JPEG image",
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => "a GIF image",
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => "a PDF file",
            [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..] => "a ZIP archive (or a .docx, .epub, .jar, which are ZIP archives)",
            [0x1F, 0x8B, ..] => "a gzip file",
            [0x28, 0xB5, 0x2F, 0xFD, ..] => "a Zstandard file",
            [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', 0x31, 0x41, ..] => "a bzip2 file",
            [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => "an xz file",
            [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C, ..] => "a 7-Zip archive",
            [(byte)'R', (byte)'a', (byte)'r', (byte)'!', 0x1A, 7, ..] => "a RAR archive",
            [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] when head.Contains((byte)0) => "a Parquet file",
            [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old Office file",
            [(byte)'S', (byte)'Q', (byte)'L', (byte)'i', (byte)'t', (byte)'e', (byte)' ', ..] when head.Contains((byte)0) => "an SQLite database",
            [0, (byte)'a', (byte)'s', (byte)'m', ..] => "a WebAssembly module",
            [(byte)'M', (byte)'Z', ..] when head.Contains((byte)0) => "a Windows program",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, ..] when head.Contains((byte)0) => "a RIFF media file",
            [(byte)'I', (byte)'D', (byte)'3', ..] when head.Contains((byte)0) => "an MP3 file",
            [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => "an Ogg media file",
            _ => null,
        };
    }

    /// <summary>Whether more than a tenth of the first bytes are control characters that texts do not hold.</summary>
    public static bool HasTooManyControls(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> window = bytes[..Math.Min(bytes.Length, WindowBytes)];
        int limit = window.Length / 10;
        int controls = 0;
        while (controls <= limit)
        {
            int next = window.IndexOfAny(Controls);
            if (next < 0)
                return false;
            controls++;
            window = window[(next + 1)..];
        }

        return true;
    }
}
