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
}
