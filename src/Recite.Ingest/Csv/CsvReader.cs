using System.Runtime.CompilerServices;
using System.Text;
using Recite.Indexing.Corpora;
using Recite.Ingest.Encodings;

namespace Recite.Ingest.Csv;

/// <summary>
/// Reads one document per row of a table with a header: .csv (RFC 4180; also with semicolons, tabs or bars, whichever makes
/// the header name the text column) and .tsv or .tab, in memory that does not grow with the file. Offsets count the field's
/// text. A bad row is skipped and told.
/// </summary>
public sealed class CsvReader : IDocumentReader
{
    /// <inheritdoc/>
    public bool CanRead(string fileName, ReadOnlySpan<byte> head) => Path.GetExtension(fileName).ToLowerInvariant() is ".csv" or ".tsv" or ".tab";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Document> ReadAsync(InputFile file, IngestOptions options, IngestLog log, [EnumeratorCancellation] CancellationToken ct)
    {
        TextDecoder.RefuseBinaryHead(file.Head.Span, file.Label);
        Unicode unicode = UnicodeDetection.Detect(file.Head.Span);
        await using Stream? transcoded = unicode is Unicode.Unknown or Unicode.Utf8
            ? null
            : Encoding.CreateTranscodingStream(file.Content, UnicodeDetection.EncodingOf(unicode), Encoding.UTF8, leaveOpen: true);
        bool hasQuotes = Path.GetExtension(file.FileName).Equals(".csv", StringComparison.OrdinalIgnoreCase);
        var records = new CsvRecordReader(transcoded ?? file.Content, hasQuotes, (int)options.MaxDocumentBytes);
        var table = new CsvTable(file, options, log, UnicodeDetection.NameOf(unicode), hasQuotes);

        // Until the header says what the delimiter is, quotes enclose nothing but what a comma or the line's start precedes.
        while (await records.ReadAsync(table.Delimiter, ct))
        {
            if (table.Next(records) is { } document)
                yield return document;
        }

        table.Finish();
    }
}
