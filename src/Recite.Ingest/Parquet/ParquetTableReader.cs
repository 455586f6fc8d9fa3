using System.Runtime.CompilerServices;
using Recite.Indexing.Corpora;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Parquet;

/// <summary>
/// Reads one document per row of a Parquet table: text, id and URI columns only, row group by row group; a column inside a
/// struct is named <c>a.b</c>. Memory holds those columns of one row group. Offsets count the field's text.
/// </summary>
public sealed class ParquetTableReader : IDocumentReader
{
    /// <inheritdoc/>
    public bool CanRead(string fileName, ReadOnlySpan<byte> head) =>
        Path.GetExtension(fileName).Equals(".parquet", StringComparison.OrdinalIgnoreCase)
        || ((head.StartsWith("PAR1"u8) || head.StartsWith("PARE"u8)) && head.Contains((byte)0));

    /// <inheritdoc/>
    public async IAsyncEnumerable<Document> ReadAsync(InputFile file, IngestOptions options, IngestLog log, [EnumeratorCancellation] CancellationToken ct)
    {
        await using Stream stream = await SeekableContent.OpenAsync(file, options, ct);
        await ParquetFooter.RefuseBrokenAsync(stream, file, ct);
        await using ParquetTable table = await ParquetTable.OpenAsync(stream, file, options, ct);
        bool hasRow = false;
        for (int group = 0; group < table.RowGroups; group++)
        {
            using ParquetRows? rows = await table.ReadGroupAsync(group, log, ct);
            if (rows is null)
                continue;
            hasRow |= rows.Count > 0;
            for (long i = 0; i < rows.Count; i++)
            {
                ct.ThrowIfCancellationRequested();
                if (rows.Next(log) is { } document)
                    yield return document;
            }
        }

        if (!hasRow)
            log.Notice(NoticeKind.Empty, $"{file.Label} has no row: there is nothing to index.");
    }
}
