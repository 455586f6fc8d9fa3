using System.Runtime.CompilerServices;
using System.Text;
using Recite.Indexing.Corpora;
using Recite.Ingest.Inputs;
using Recite.Ingest.Zip;

namespace Recite.Ingest.Epub;

/// <summary>
/// Reads a book (EPUB 2 and 3) as one document: the visible text of its chapters in reading order, a line break between them.
/// Offsets count the extracted text. A chapter that is missing or damaged is told, and the others are read.
/// </summary>
public sealed class EpubReader : IDocumentReader
{
    /// <inheritdoc/>
    public bool CanRead(string fileName, ReadOnlySpan<byte> head) =>
        ZipFlavors.Of(fileName, head) == ZipFlavor.Epub || Path.GetExtension(fileName).Equals(".epub", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Document> ReadAsync(InputFile file, IngestOptions options, IngestLog log, [EnumeratorCancellation] CancellationToken ct)
    {
        ZipFlavors.RefuseOther(file, "an EPUB book");
        await using Stream archive = await SeekableContent.OpenAsync(file, options, ct);
        ZipParts parts = await ZipParts.OpenAsync(archive, file, options, ct);
        EpubPackage package = await EpubPackage.ReadAsync(parts, file.Label, options, ct);
        var text = new StringBuilder();
        foreach (string chapter in package.Chapters)
        {
            string? read = await EpubChapter.ReadAsync(parts, chapter, file, options, log, ct);
            if (string.IsNullOrEmpty(read))
                continue;
            if (text.Length > 0)
                text.Append('\n');
            text.Append(read);
            file.RefuseLongText(text.Length, options.MaxDocumentBytes);
        }

        byte[] utf8 = Encoding.UTF8.GetBytes(text.ToString());
        file.RefuseLongText(utf8.Length, options.MaxDocumentBytes);
        if (utf8.Length == 0)
            log.Notice(NoticeKind.Empty, $"{file.Label} shows no text: there is nothing to index.");
        else
            yield return new Document(file.Name, file.Name, utf8);
    }
}
