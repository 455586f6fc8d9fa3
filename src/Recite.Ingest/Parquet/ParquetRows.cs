using System.Text;
using System.Text.Unicode;
using Recite.Indexing.Corpora;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Parquet;

/// <summary>The rows of one row group, taken from the first to the last.</summary>
internal sealed class ParquetRows(InputFile file, IngestOptions options, long count, long firstRow, ParquetColumn text, ParquetColumn? id, ParquetColumn? uri) : IDisposable
{
    private const int MaxNameBytes = 4096;   // of an id or a URI: longer ones are text in the wrong column

    private long _row = firstRow;

    /// <summary>How many rows there are.</summary>
    public long Count => count;

    /// <summary>The document of the next row; null, and told, when it gives none.</summary>
    /// <exception cref="IngestException">A column has fewer values than it says.</exception>
    public Document? Next(IngestLog log)
    {
        long row = _row++;
        try
        {
            byte[]? content = text.Next(options.MaxDocumentBytes, out bool isTooLong);
            string? name = Name(id);
            string? address = Name(uri);
            if (isTooLong)
                return Skip(log, row, $"is longer than {Printable.Bytes(options.MaxDocumentBytes)}");
            if (content is null || content.Length == 0)
            {
                log.Notice(NoticeKind.Empty, $"{file.Label} row {row} has no text: there is nothing to index.");
                return null;
            }

            if (!Utf8.IsValid(content))
                return Skip(log, row, "is not UTF-8");
            name ??= $"{file.Name}#{row}";
            return new Document(name, address ?? name, content);
        }
        catch (InvalidDataException error)
        {
            throw ParquetFooter.Damaged(file.Label, error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        text.Dispose();
        id?.Dispose();
        uri?.Dispose();
    }

    private static string? Name(ParquetColumn? column) =>
        column?.Next(MaxNameBytes, out _) is { Length: > 0 } name && Utf8.IsValid(name) ? Encoding.UTF8.GetString(name) : null;

    private Document? Skip(IngestLog log, long row, string problem)
    {
        log.Skip(file.Name, row, SkipKind.Record, $"{file.Label} row {row} {problem}: the row was skipped.");
        return null;
    }
}
