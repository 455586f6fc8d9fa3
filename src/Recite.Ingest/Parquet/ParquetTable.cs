using Parquet;
using Parquet.Data;
using Parquet.Schema;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Parquet;

/// <summary>An opened Parquet file and the columns of it that are wanted.</summary>
internal sealed class ParquetTable : IAsyncDisposable
{
    private const int MaxRowsOfGroup = 16 << 20;
    private const int NamesInASentence = 8;

    private readonly ParquetReader _reader;
    private readonly Stream _stream;
    private readonly InputFile _file;
    private readonly IngestOptions _options;
    private readonly DataField _text;
    private readonly DataField? _id;
    private readonly DataField? _uri;
    private long _firstRow = 1;

    private ParquetTable(ParquetReader reader, Stream stream, InputFile file, IngestOptions options)
    {
        _reader = reader;
        _stream = stream;
        _file = file;
        _options = options;
        _text = Find(options.TextField) ?? throw NoText();
        _id = Find(options.IdField);
        _uri = Find(options.UriField);
        if (_text.MaxRepetitionLevel > 0 || (_text.ClrType != typeof(ReadOnlyMemory<char>) && _text.ClrType != typeof(ReadOnlyMemory<byte>)))
            throw new IngestException(SkipKind.NoSuchField, $"{file.Label} has no text in its column \"{Printable.Show(options.TextField)}\" but {Describe(_text)}: name the column that holds the text (--text-field).");
    }

    /// <summary>How many row groups there are.</summary>
    public int RowGroups => _reader.RowGroupCount;

    /// <summary>Opens a file whose ends have been looked at.</summary>
    /// <exception cref="IngestException">It is damaged, or has no text column.</exception>
    public static async Task<ParquetTable> OpenAsync(Stream stream, InputFile file, IngestOptions options, CancellationToken ct)
    {
        ParquetReader reader = await GuardAsync(() => ParquetReader.CreateAsync(stream, new ParquetOptions(), leaveStreamOpen: true, ct), file, options);

        // The schema is made when it is first asked for.
        return await GuardAsync(() => Task.FromResult(new ParquetTable(reader, stream, file, options)), file, options);
    }

    /// <summary>Reads the wanted columns of a row group; null, and told, when they cost more than they may.</summary>
    /// <exception cref="IngestException">They are damaged.</exception>
    public async Task<ParquetRows?> ReadGroupAsync(int group, IngestLog log, CancellationToken ct)
    {
        ParquetRowGroupReader reader = await GuardAsync(() => Task.FromResult(_reader.OpenRowGroupReader(group)), _file, _options);
        string label = $"{_file.Label} row group {group + 1}";
        long rows = reader.RowCount;
        long firstRow = _firstRow;
        if (rows < 0)
            throw ParquetFooter.Damaged(_file.Label);
        _firstRow += rows;
        try
        {
            if (rows > MaxRowsOfGroup)
                throw new IngestException(SkipKind.Limit, $"{label} has more than {MaxRowsOfGroup} rows: write it with smaller row groups.");
            ParquetColumn text = await ReadColumnAsync(reader, _text, rows, label, ct);
            ParquetColumn? id = await ReadNameAsync(reader, _id, rows, label, ct);
            ParquetColumn? uri = await ReadNameAsync(reader, _uri, rows, label, ct);
            return new ParquetRows(_file, _options, rows, firstRow, text, id, uri);
        }
        catch (IngestException error) when (error.Kind == SkipKind.Limit)
        {
            log.Skip(_file.Name, firstRow, error.Kind, error.Message);
            return null;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    private async Task<ParquetColumn?> ReadNameAsync(ParquetRowGroupReader reader, DataField? field, long rows, string label, CancellationToken ct)
    {
        if (field is null || field.MaxRepetitionLevel > 0)
            return null;
        ParquetColumn column = await ReadColumnAsync(reader, field, rows, label, ct);
        if (column.IsReadable)
            return column;
        column.Dispose();
        return null;
    }

    private async Task<ParquetColumn> ReadColumnAsync(ParquetRowGroupReader reader, DataField field, long rows, string label, CancellationToken ct)
    {
        if ((await GuardAsync(() => Task.FromResult(reader.GetMetadata(field)), _file, _options))?.MetaData is not { } metadata)
            throw ParquetFooter.Damaged(_file.Label);
        await new ParquetPages(_stream, _file, _options).RefuseBombsAsync(metadata, rows, label, ct);
        RawColumnData values = await GuardAsync(async () => await reader.ReadRawColumnDataBaseAsync(field, ct), _file, _options);
        return new ParquetColumn(values, field.MaxDefinitionLevel);
    }

    private DataField? Find(string name)
    {
        DataField[] fields = _reader.Schema.DataFields;
        return Array.Find(fields, field => field.Name == name && field.Path.Length == 1)
            ?? Array.Find(fields, field => string.Join('.', field.Path.ToList()) == name);
    }

    private IngestException NoText()
    {
        DataField[] fields = _reader.Schema.DataFields;
        string list = string.Join(", ", fields.Take(NamesInASentence).Select(field => $"\"{Printable.Show(string.Join('.', field.Path.ToList()))}\""));
        string more = fields.Length > NamesInASentence ? ", ..." : "";
        return new IngestException(SkipKind.NoSuchField, $"{_file.Label} has no column \"{Printable.Show(_options.TextField)}\" ({list}{more}): name the column that holds the text (--text-field).");
    }

    private static string Describe(DataField field) => field.MaxRepetitionLevel > 0 ? "lists" : $"values of type {field.ClrType.Name}";

    // The library has no error of its own for a damaged file: whatever it stumbles over comes out. Fields that it does not know can send it round
    // in a footer for hours, and nothing in it ends that: what takes too long is left behind on its thread.
    private static async Task<T> GuardAsync<T>(Func<Task<T>> read, InputFile file, IngestOptions options)
    {
        try
        {
            return await Task.Run(read).WaitAsync(options.MaxParquetTime, options.Time);
        }
        catch (TimeoutException error)
        {
            throw new IngestException(SkipKind.Limit, $"{file.Label} took longer than {options.MaxParquetTime.TotalSeconds:0.###} seconds for one part of it: it was left out; write it anew.", error);
        }
        catch (Exception error) when (error is not (OperationCanceledException or IngestException))
        {
            throw ParquetFooter.Damaged(file.Label, error);
        }
    }
}
