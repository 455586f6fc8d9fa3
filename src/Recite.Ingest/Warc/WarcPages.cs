using System.Text;
using Recite.Indexing.Corpora;
using Recite.Ingest.Html;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Warc;

/// <summary>Turns the records of a web archive into documents, and counts those that hold none on purpose.</summary>
internal sealed class WarcPages(InputFile file, IngestOptions options, IngestLog log)
{
    private const int FirstSuccess = 200;
    private const int FirstRedirect = 300;

    private long _leftOut;
    private bool _hasDocument;

    /// <summary>The document of a record; null when it has none, or none that can be read.</summary>
    /// <exception cref="IngestException">The file ends in the middle of the record.</exception>
    public async Task<Document?> ReadAsync(WarcInput input, WarcRecord record, CancellationToken ct)
    {
        string label = $"{file.Label} record {input.Number}";
        if (record.Type is not ("response" or "conversion" or "resource"))
            return null;
        ReadOnlyMemory<byte> block;
        try
        {
            block = await input.ReadBlockAsync(options.MaxDocumentBytes, label, ct);
        }
        catch (IngestException error) when (error.Kind == SkipKind.Limit)
        {
            return Skip(input.Number, error);
        }

        try
        {
            return await ReadAsync(block, record, label, $"{file.Name}#{input.Number}", ct);
        }
        catch (IngestException error)
        {
            return Skip(input.Number, error);
        }
    }

    /// <summary>Says how much was left out.</summary>
    public void Finish()
    {
        if (_leftOut > 0)
            log.Notice(NoticeKind.LeftOut, $"{file.Label} has {_leftOut} records that are no successful answer with a page or plain text (errors, redirects, images, scripts): they were left out.");
        if (!_hasDocument)
            log.Notice(NoticeKind.Empty, $"{file.Label} holds no page and no text: there is nothing to index.");
    }

    private async Task<Document?> ReadAsync(ReadOnlyMemory<byte> block, WarcRecord record, string label, string name, CancellationToken ct)
    {
        MediaType type = MediaType.Parse(record.ContentType);
        bool isHttp = record.Type is "response" && block.Span.StartsWith("HTTP/"u8);
        if (isHttp)
        {
            HttpPayload payload = HttpPayload.Parse(block);
            type = payload.ContentType;
            if (payload.Status is < FirstSuccess or >= FirstRedirect || !IsWanted(type, sniffed: payload.Body.Span))
                return LeaveOut();
            block = await payload.UnpackAsync(type.IsPlain ? options.MaxDocumentBytes : options.MaxHtmlBytes, label, ct);
        }
        else if (record.Type is "response" || !IsWanted(type, block.Span))
        {
            return LeaveOut();
        }

        if (block.IsEmpty)
            return LeaveOut();
        bool isPage = type.IsHtml || (!type.IsPlain && HtmlHead.LooksLikeAPage(block.Span));
        DecodedText text = isPage ? Page(block, type, label, ct) : TextDecoder.Decode(block, label, type.Charset ?? options.LegacyEncoding);
        if (text.Notice is not null)
            log.Notice(NoticeKind.Encoding, text.Notice);
        if (text.Text.Length > options.MaxDocumentBytes)
            throw new IngestException(SkipKind.Limit, $"{label} decodes to more than {Printable.Bytes(options.MaxDocumentBytes)}: it was left out; raise the limit.");
        if (text.Text.IsEmpty)
            return LeaveOut();
        _hasDocument = true;
        string id = record.Id ?? name;
        return new Document(id, record.TargetUri ?? id, text.Text, text.Encoding);
    }

    private DecodedText Page(ReadOnlyMemory<byte> bytes, MediaType type, string label, CancellationToken ct)
    {
        if (bytes.Length > options.MaxHtmlBytes)
            throw new IngestException(SkipKind.Limit, $"{label} is a page longer than {Printable.Bytes(options.MaxHtmlBytes)}: it was left out; raise the limit.");
        HtmlPage page = HtmlPage.Decode(bytes, label, type.Name is "application/xhtml+xml", type.Charset, options.LegacyEncoding);
        return new DecodedText(Encoding.UTF8.GetBytes(VisibleText.Extract(page.Text, page.IsXml, ct)), page.Encoding, page.Notice);
    }

    // Without a type it is what it looks like; a packed body looks like nothing.
    private static bool IsWanted(MediaType type, ReadOnlySpan<byte> sniffed) =>
        type.IsHtml || type.IsPlain || (type.Name.Length == 0 && HtmlHead.LooksLikeAPage(sniffed));

    private Document? LeaveOut()
    {
        _leftOut++;
        return null;
    }

    private Document? Skip(long number, IngestException error)
    {
        log.Skip(file.Name, number, error.Kind, error.Message);
        return null;
    }
}
