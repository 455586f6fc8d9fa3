using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Recite.Indexing.Corpora;
using Recite.Ingest.Encodings;

namespace Recite.Ingest.Html;

/// <summary>
/// Reads a page as one document: its title and its visible text. Offsets count the extracted text. Takes .html, .htm, .xhtml,
/// and files without an extension that begin like a page.
/// </summary>
public sealed class HtmlReader : IDocumentReader
{
    /// <inheritdoc/>
    public bool CanRead(string fileName, ReadOnlySpan<byte> head) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".html" or ".htm" or ".xhtml" => true,
        "" => HtmlHead.LooksLikeAPage(head),
        _ => false,
    };

    /// <inheritdoc/>
    public async IAsyncEnumerable<Document> ReadAsync(InputFile file, IngestOptions options, IngestLog log, [EnumeratorCancellation] CancellationToken ct)
    {
        TextDecoder.RefuseBinaryHead(file.Head.Span, file.Label);
        ReadOnlyMemory<byte> bytes = await file.ReadAllAsync(Math.Min(options.MaxHtmlBytes, options.MaxDocumentBytes), ct);
        DecodedText decoded = Decode(bytes, file.Name);
        if (decoded.Notice is not null)
            log.Notice(NoticeKind.Encoding, decoded.Notice);

        bool isXml = HtmlHead.IsXml(file.FileName, decoded.Text.Span);
        string page = Encoding.UTF8.GetString(LeadingBytes.SkipByteOrderMark(decoded.Text.Span));
        byte[] text = Encoding.UTF8.GetBytes(VisibleText.Extract(page, isXml, ct));
        file.RefuseLongText(text.Length, options.MaxDocumentBytes);
        if (text.Length == 0)
        {
            log.Notice(NoticeKind.Empty, $"{file.Label} shows no text: there is nothing to index.");
            yield break;
        }

        yield return new Document(file.Name, file.Name, text, decoded.Encoding);
    }

    // What the page declares counts only where the bytes do not show better: pages that say Latin-1 and are UTF-8 are common,
    // and the other way round the bytes are not valid. ISO-2022-JP is ASCII to the eye, so there the declaration decides.
    private static DecodedText Decode(ReadOnlyMemory<byte> bytes, string name)
    {
        bool showsUnicode = UnicodeDetection.Detect(bytes.Span) != Unicode.Unknown;
        Encoding? declared = showsUnicode || !HtmlHead.TryFindEncoding(bytes.Span, out Encoding? found) ? null : found;
        bool decides = declared is not null
            && (declared.WebName.StartsWith("iso-2022", StringComparison.Ordinal) || !Utf8.IsValid(bytes.Span));
        return decides
            ? new DecodedText(Encoding.UTF8.GetBytes(declared!.GetString(bytes.Span)), declared.WebName, null)
            : TextDecoder.Decode(bytes, name);
    }
}
