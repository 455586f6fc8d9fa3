using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Recite.Indexing.Corpora;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Arrow;

/// <summary>
/// Reads one document per row of an Arrow table, stream or file: text, id and URI columns only, a part of a struct by the name <c>a.b</c>.
/// Memory holds where the values of one batch lie and one value, whatever else is in the table. Offsets count the field's text.
/// </summary>
/// <remarks>It is read by hand since readers of the format at large hold whole batches and believe every length.</remarks>
public sealed class ArrowTableReader : IDocumentReader
{
    private const int MaxRowsOfBatch = 16 << 20;
    private const int MaxNameBytes = 4096;
    private const int NamesInASentence = 8;

    /// <inheritdoc/>
    public bool CanRead(string fileName, ReadOnlySpan<byte> head) =>
        Path.GetExtension(fileName).Equals(".arrow", StringComparison.OrdinalIgnoreCase) || ArrowMessages.IsFile(head) || ArrowMessages.IsStream(head.Length < 16 ? default : head[..16].ToArray());

    /// <inheritdoc/>
    public async IAsyncEnumerable<Document> ReadAsync(InputFile file, IngestOptions options, IngestLog log, [EnumeratorCancellation] CancellationToken ct)
    {
        bool isFile = ArrowMessages.IsFile(file.Head.Span);
        if (!isFile && !ArrowMessages.IsStream(file.Head))
            throw new IngestException(SkipKind.WrongName, $"{file.Label} is not an Arrow table, whatever its name says, or it is truncated: rename it to what it is, or write it anew.");
        await using Stream stream = await SeekableContent.OpenAsync(file, options, ct);
        var messages = new ArrowMessages(stream);
        messages.Begin(isFile);
        IReadOnlyList<ArrowField>? columns = null;
        ArrowField? text = null;
        long row = 1;
        while (await GuardAsync(() => messages.NextAsync(ct), file) is { } message)
        {
            ct.ThrowIfCancellationRequested();
            if (message.Kind == 1)
            {
                columns = await GuardAsync(() => Task.FromResult(ArrowField.ReadAll(message.Header)), file);
                text = FindText(columns, file, options, isBigEndian: await GuardAsync(() => Task.FromResult(message.Header.Short(0) != 0), file));
                continue;
            }

            if (columns is null || text is null)
                throw Damaged(file);
            if (message.Kind != 3)
                continue;
            ArrowBatch batch = await GuardAsync(() => Task.FromResult(new ArrowBatch(message)), file);
            RefuseUnreadable(batch, file);
            ArrowColumn texts = await OpenAsync(text);
            ArrowColumn? ids = Find(columns, options.IdField) is { } id && IsName(id) ? await OpenAsync(id) : null;
            ArrowColumn? uris = Find(columns, options.UriField) is { } uri && IsName(uri) ? await OpenAsync(uri) : null;
            for (long i = 0; i < batch.Rows; i++, row++)
            {
                ct.ThrowIfCancellationRequested();
                ArrowValue value = await GuardAsync(() => texts.NextAsync(options.MaxDocumentBytes, ct).AsTask(), file);
                string? name = await NameAsync(ids, file, ct);
                string? address = await NameAsync(uris, file, ct);
                if (Document(value, name, address, row, file, options, log) is { } document)
                    yield return document;
            }

            Task<ArrowColumn> OpenAsync(ArrowField field) => GuardAsync(() => ArrowColumn.OpenAsync(stream, batch, columns, field, ct), file);
        }

        if (columns is null)
            throw Damaged(file);
        if (row == 1)
            log.Notice(NoticeKind.Empty, $"{file.Label} has no row: there is nothing to index.");
    }

    private static Document? Document(ArrowValue value, string? name, string? address, long row, InputFile file, IngestOptions options, IngestLog log)
    {
        string? problem = value.IsTooLong ? $"is longer than {Printable.Bytes(options.MaxDocumentBytes)}" : value.Bytes is { } bytes && !Utf8.IsValid(bytes) ? "is not UTF-8" : null;
        if (problem is not null)
            log.Skip(file.Name, row, SkipKind.Record, $"{file.Label} row {row} {problem}: the row was skipped.");
        else if (value.Bytes is null or [])
            log.Notice(NoticeKind.Empty, $"{file.Label} row {row} has no text: there is nothing to index.");
        if (problem is not null || value.Bytes is null or [])
            return null;
        name ??= $"{file.Name}#{row}";
        return new Document(name, address ?? name, value.Bytes);
    }

    private static void RefuseUnreadable(ArrowBatch batch, InputFile file)
    {
        if (batch.IsCompressed)
            throw new IngestException(SkipKind.Unsupported, $"{file.Label} is an Arrow table that is packed inside: write it without compression, or as Parquet.");
        if (batch.Rows < 0)
            throw Damaged(file);
        if (batch.Rows > MaxRowsOfBatch)
            throw new IngestException(SkipKind.Limit, $"{file.Label} has more than {MaxRowsOfBatch} rows in a batch: write it in smaller batches.");
    }

    private static ArrowField FindText(IReadOnlyList<ArrowField> columns, InputFile file, IngestOptions options, bool isBigEndian)
    {
        if (isBigEndian)
            throw new IngestException(SkipKind.Unsupported, $"{file.Label} is an Arrow table of a machine with another byte order: write it as Parquet.");
        if (Find(columns, options.TextField) is not { } text)
        {
            string list = string.Join(", ", columns.Take(NamesInASentence).Select(column => $"\"{Printable.Show(column.Name)}\""));
            string more = columns.Count > NamesInASentence ? ", ..." : "";
            throw new IngestException(SkipKind.NoSuchField, $"{file.Label} has no column \"{Printable.Show(options.TextField)}\" ({list}{more}): name the column that holds the text (--text-field).");
        }

        return text.IsText
            ? text
            : throw new IngestException(SkipKind.NoSuchField, $"{file.Label} has no text in its column \"{Printable.Show(options.TextField)}\" but {(text.IsDictionary ? "numbers of a dictionary" : $"values of type {text.Type}")}: name the column that holds the text (--text-field), or write it as plain text.");
    }

    // The name itself goes before the way through structs, since a name may hold a dot.
    private static ArrowField? Find(IReadOnlyList<ArrowField> columns, string name)
    {
        if (columns.FirstOrDefault(column => column.Name == name) is { } whole)
            return whole;
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && columns.FirstOrDefault(column => column.Name == name[..dot] && column.Type == ArrowType.Struct) is { } parent
            ? Find(parent.Children, name[(dot + 1)..])
            : null;
    }

    private static bool IsName(ArrowField field) => field.IsText || (!field.IsDictionary && field.Type == ArrowType.Int && Math.Abs(field.IntBytes) is 1 or 2 or 4 or 8);

    private static async Task<string?> NameAsync(ArrowColumn? column, InputFile file, CancellationToken ct)
    {
        if (column is null)
            return null;
        ArrowValue value = await GuardAsync(() => column.NextAsync(MaxNameBytes, ct).AsTask(), file);
        return value.Bytes is { Length: > 0 } name && Utf8.IsValid(name) ? Encoding.UTF8.GetString(name) : null;
    }

    private static async Task<T> GuardAsync<T>(Func<Task<T>> read, InputFile file)
    {
        try
        {
            return await read();
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(file, error);
        }
    }

    private static IngestException Damaged(InputFile file, Exception? inner = null)
    {
        string sentence = $"{file.Label} is an Arrow table that is truncated or damaged: fetch it again, or write it anew.";
        return inner is null ? new IngestException(SkipKind.Damaged, sentence) : new IngestException(SkipKind.Damaged, sentence, inner);
    }
}
