using System.Text;

namespace Recite.Ingest.Encodings;

/// <summary>The legacy encodings of the runtime, with damage read as U+FFFD.</summary>
internal static class CodePages
{
    private static readonly DecoderReplacementFallback Replacement = new("\uFFFD");

    /// <summary>Latin-1 with printable characters in 0x80 to 0x9F.</summary>
    public static Encoding Windows1252 { get; } = Find("windows-1252")!;

    /// <summary>
    /// The encoding that a page declares; null when it is unknown, Unicode (which is told from the bytes) or UTF-7 (which no
    /// browser reads). Latin-1 and ASCII mean windows-1252, as in the WHATWG Encoding Standard.
    /// </summary>
    public static Encoding? Find(string label)
    {
        string name = label.ToLowerInvariant();
        if (name.StartsWith("utf", StringComparison.Ordinal))
            return null;
        if (name is "iso-8859-1" or "latin1" or "us-ascii" or "ascii")
            name = "windows-1252";
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ReplacementFallback, Replacement);
        }
        catch (ArgumentException)
        {
            // The provider answers an unknown name with null or with this, depending on the name.
            return null;
        }
    }

    /// <summary>The encoding that a user names: also UTF-16 and UTF-32 without a byte order mark, and Latin-1 itself; null when it is unknown.</summary>
    public static Encoding? FindNamed(string name) => name.ToLowerInvariant() switch
    {
        "utf-8" or "utf8" => UnicodeDetection.EncodingOf(Unicode.Utf8),
        "utf-16le" => UnicodeDetection.EncodingOf(Unicode.Utf16LittleEndian),
        "utf-16be" => UnicodeDetection.EncodingOf(Unicode.Utf16BigEndian),
        "utf-32le" => UnicodeDetection.EncodingOf(Unicode.Utf32LittleEndian),
        "utf-32be" => UnicodeDetection.EncodingOf(Unicode.Utf32BigEndian),
        "iso-8859-1" or "latin1" => Encoding.Latin1,
        _ => Find(name),
    };

    /// <summary>The name that a document carries.</summary>
    public static string NameOf(Encoding encoding) => encoding switch
    {
        UnicodeEncoding => encoding.CodePage == 1200 ? "utf-16le" : "utf-16be",
        UTF32Encoding => encoding.CodePage == 12000 ? "utf-32le" : "utf-32be",
        _ => encoding.WebName.ToLowerInvariant(),
    };

    /// <summary>Whether texts in the encoding are ASCII to the eye, so that valid UTF-8 says nothing against it.</summary>
    public static bool IsSevenBit(Encoding encoding) => encoding.WebName.StartsWith("iso-2022", StringComparison.OrdinalIgnoreCase)
        || encoding.WebName.StartsWith("hz-", StringComparison.OrdinalIgnoreCase);
}
