using Recite.Ingest.Html;
using Recite.Ingest.Inputs;
using Recite.Ingest.Zip;

namespace Recite.Ingest.Epub;

/// <summary>Reads one chapter of a book.</summary>
internal static class EpubChapter
{
    /// <summary>The visible text of a chapter; null, and told, when it cannot be read.</summary>
    public static async Task<string?> ReadAsync(ZipParts parts, string chapter, InputFile book, IngestOptions options, IngestLog log, CancellationToken ct)
    {
        string label = $"{book.Label}, chapter {Printable.Show(chapter)},";
        try
        {
            ReadOnlyMemory<byte> page = await parts.ReadAsync(chapter, Math.Min(options.MaxHtmlBytes, options.MaxDocumentBytes), ct)
                ?? throw new IngestException(SkipKind.Damaged, $"{label} is missing: the other chapters were read; fetch the book again.");

            // The title of each page is the book's title, or the chapter's, which its text says anyway.
            HtmlPage read = HtmlPage.Decode(page, label, isXml: true, transport: null, options.LegacyEncoding);
            if (read.Notice is not null)
                log.Notice(NoticeKind.Encoding, read.Notice);
            return VisibleText.Extract(read.Text, isXml: true, ct, withTitle: false);
        }
        catch (IngestException error) when (error.Kind != SkipKind.Limit)
        {
            log.Skip(book.Name, null, error.Kind, error.Message);
            return null;
        }
    }
}
