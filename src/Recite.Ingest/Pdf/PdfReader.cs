using System.Runtime.CompilerServices;
using System.Text;
using Recite.Indexing.Corpora;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Pdf;

/// <summary>
/// Reads a PDF (ISO 32000) as one document: the text of its pages, each in reading order as its layout shows it, with a line per
/// line. Pictures are not read: a page that is only one has no text. Offsets count the extracted text.
/// </summary>
public sealed class PdfReader : IDocumentReader
{
    // Readers of PDF accept that much of something else before it begins (ISO 32000-1, implementation note 13 of Annex H).
    private const int BytesBeforeHeader = 1024;

    /// <inheritdoc/>
    public bool CanRead(string fileName, ReadOnlySpan<byte> head) =>
        head.StartsWith("%PDF-"u8) || Path.GetExtension(fileName).Equals(".pdf", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Document> ReadAsync(InputFile file, IngestOptions options, IngestLog log, [EnumeratorCancellation] CancellationToken ct)
    {
        if (file.Head.Span[..Math.Min(file.Head.Length, BytesBeforeHeader)].IndexOf("%PDF-"u8) < 0)
            throw new IngestException(SkipKind.WrongName, $"{file.Label} is not a PDF, whatever its name says: rename it to what it is, or fetch it again.");

        await using Stream stream = await SeekableContent.OpenAsync(file, options, ct);
        if (stream.Length > options.MaxPdfBytes)
            throw new IngestException(SkipKind.Limit, $"{file.Label} is a PDF of more than {Printable.Bytes(options.MaxPdfBytes)}: it was left out; split it, or take its text out of it yourself.");

        using PdfPages pages = await PdfPages.OpenAsync(stream, file, options, ct);
        var text = new StringBuilder();
        var left = new PdfPagesLeftOut(file);
        int withoutText = 0;
        for (int number = 1; number <= pages.Count; number++)
        {
            string page;
            try
            {
                page = await pages.ReadAsync(number, ct);
            }
            catch (IngestException error) when (pages.GoesOn)
            {
                left.Add(number, error);
                continue;
            }

            withoutText += page.Length == 0 ? 1 : 0;
            text.Append(page);
            file.RefuseLongText(text.Length, options.MaxDocumentBytes);
        }

        left.Tell(log, pages.Count);
        byte[] utf8 = Encoding.UTF8.GetBytes(text.ToString().TrimEnd());
        file.RefuseLongText(utf8.Length, options.MaxDocumentBytes);
        if (withoutText == pages.Count)
            throw new IngestException(SkipKind.NotText, $"{file.Label} is a PDF without text, so that its pages are pictures or empty: run it through text recognition first.");
        if (withoutText > 0)
            log.Notice(NoticeKind.Empty, $"{file.Label} has {withoutText} of {pages.Count} pages without text, which are pictures or empty: the others were read.");
        if (utf8.Length > 0)
            yield return new Document(file.Name, file.Name, utf8);
    }
}
