using System.Runtime.CompilerServices;
using Recite.Indexing.Corpora;

namespace Recite.Ingest.Plain;

/// <summary>
/// Reads a file as one document: plain text, Markdown, and whatever else turns out to be text. Markup stays, so that offsets
/// are those of the file. Takes every file, so it stands last in the list.
/// </summary>
public sealed class PlainTextReader : IDocumentReader
{
    /// <inheritdoc/>
    public bool CanRead(string fileName, ReadOnlySpan<byte> head) => true;

    /// <inheritdoc/>
    public async IAsyncEnumerable<Document> ReadAsync(InputFile file, IngestOptions options, IngestLog log, [EnumeratorCancellation] CancellationToken ct)
    {
        // A disk image should be refused for what it is, not read up to the limit and refused for its size.
        TextDecoder.RefuseBinaryHead(file.Head.Span, file.Label, options.LegacyEncoding);
        DecodedText decoded = TextDecoder.Decode(await file.ReadAllAsync(options.MaxDocumentBytes, ct), file.Name, options.LegacyEncoding);
        file.RefuseLongText(decoded.Text.Length, options.MaxDocumentBytes);
        if (decoded.Notice is not null)
            log.Notice(NoticeKind.Encoding, decoded.Notice);
        yield return new Document(file.Name, file.Name, decoded.Text, decoded.Encoding);
    }
}
