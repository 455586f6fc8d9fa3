using System.Text;
using System.Text.Unicode;
using Recite.Ingest.Encodings;

namespace Recite.Ingest.Html;

/// <summary>A page, decoded.</summary>
/// <param name="Text">The markup.</param>
/// <param name="IsXml">Whether it is XML, where an empty element may close itself.</param>
/// <param name="Encoding">What it was decoded from.</param>
/// <param name="Notice">A sentence for the user when the decoder had to guess; else null.</param>
internal readonly record struct HtmlPage(string Text, bool IsXml, string Encoding, string? Notice)
{
    /// <summary>Decodes a page by its bytes, what it declares, and what its server or the user named.</summary>
    /// <param name="bytes">The page.</param>
    /// <param name="name">What to call it in sentences.</param>
    /// <param name="isXml">Whether its kind says that it is XML; its beginning may say so, too.</param>
    /// <param name="transport">What the server said it is in, which goes before what the markup says; null when nobody did.</param>
    /// <param name="named">What it is in if neither its bytes nor its markup say better.</param>
    /// <exception cref="IngestException">The content is binary.</exception>
    public static HtmlPage Decode(ReadOnlyMemory<byte> bytes, string name, bool isXml, Encoding? transport, Encoding? named)
    {
        DecodedText decoded = DecodeBytes(bytes, name, transport, named);
        ReadOnlySpan<byte> markup = LeadingBytes.SkipByteOrderMark(decoded.Text.Span);
        return new HtmlPage(System.Text.Encoding.UTF8.GetString(markup), isXml || HtmlHead.IsXml(markup), decoded.Encoding, decoded.Notice);
    }

    // What the page declares counts only where the bytes do not show better: pages that say Latin-1 and are UTF-8 are common,
    // and the other way round the bytes are not valid. ISO-2022-JP is ASCII to the eye, so there the declaration decides.
    private static DecodedText DecodeBytes(ReadOnlyMemory<byte> bytes, string name, Encoding? transport, Encoding? named)
    {
        bool showsUnicode = UnicodeDetection.Detect(bytes.Span) != Unicode.Unknown;
        Encoding? declared = showsUnicode ? null : transport ?? (HtmlHead.TryFindEncoding(bytes.Span, out Encoding? found) ? found : null);
        bool decides = declared is not null && (CodePages.IsSevenBit(declared) || !Utf8.IsValid(bytes.Span));
        return decides
            ? new DecodedText(System.Text.Encoding.UTF8.GetBytes(declared!.GetString(bytes.Span)), CodePages.NameOf(declared), null)
            : TextDecoder.Decode(bytes, name, named);
    }
}
