using System.Runtime.CompilerServices;
using System.Text;
using Recite.Indexing.Corpora;

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
        TextDecoder.RefuseBinaryHead(file.Head.Span, file.Label, options.LegacyEncoding);
        ReadOnlyMemory<byte> bytes = await file.ReadAllAsync(Math.Min(options.MaxHtmlBytes, options.MaxDocumentBytes), ct);
        HtmlPage page = HtmlPage.Decode(bytes, file.Name, file.FileName.EndsWith(".xhtml", StringComparison.OrdinalIgnoreCase), transport: null, options.LegacyEncoding);
        if (page.Notice is not null)
            log.Notice(NoticeKind.Encoding, page.Notice);

        byte[] text = Encoding.UTF8.GetBytes(VisibleText.Extract(page.Text, page.IsXml, ct));
        file.RefuseLongText(text.Length, options.MaxDocumentBytes);
        if (text.Length == 0)
        {
            log.Notice(NoticeKind.Empty, $"{file.Label} shows no text: there is nothing to index.");
            yield break;
        }

        yield return new Document(file.Name, file.Name, text, page.Encoding);
    }
}
