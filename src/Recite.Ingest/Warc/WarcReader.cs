using System.Runtime.CompilerServices;
using Recite.Indexing.Corpora;

namespace Recite.Ingest.Warc;

/// <summary>
/// Reads web archives (ISO 28500): pages and plain texts of successful answers in .warc, extracted texts in .wet, in memory
/// that does not grow with the file. A document's id is its record's, its URI the address that was archived; offsets count
/// the extracted text. A bad record is skipped and told.
/// </summary>
public sealed class WarcReader : IDocumentReader
{
    /// <inheritdoc/>
    public bool CanRead(string fileName, ReadOnlySpan<byte> head) =>
        head.StartsWith("WARC/"u8) || Path.GetExtension(fileName).ToLowerInvariant() is ".warc" or ".wet";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Document> ReadAsync(InputFile file, IngestOptions options, IngestLog log, [EnumeratorCancellation] CancellationToken ct)
    {
        if (!file.Head.Span.StartsWith("WARC/"u8))
            throw new IngestException(SkipKind.WrongName, $"{file.Label} is not a WARC file, whatever its name says: rename it to what it is.");
        var input = new WarcInput(file);
        var pages = new WarcPages(file, options, log);
        while (await input.NextAsync(ct) is { } record)
        {
            if (await pages.ReadAsync(input, record, ct) is { } document)
                yield return document;
        }

        pages.Finish();
    }
}
