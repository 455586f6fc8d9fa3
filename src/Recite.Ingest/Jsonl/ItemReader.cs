using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Recite.Indexing;
using Recite.Ingest.Encodings;

namespace Recite.Ingest.Jsonl;

/// <summary>One record of a benchmark or evaluation set.</summary>
/// <param name="Id">As it stands in the line, else <c>name#line</c>.</param>
/// <param name="Line">Its line, counted from 1.</param>
/// <param name="Fields">The fields that were asked for, in that order; those without a text say why.</param>
/// <param name="Problem">Why nothing of the line could be read, as the end of a sentence that starts with its number; null when something could.</param>
public sealed record Item(string Id, long Line, IReadOnlyList<ItemField> Fields, string? Problem);

/// <summary>A field of a record.</summary>
/// <param name="Name">Its name as it was asked for.</param>
/// <param name="Text">Its text as UTF-8; empty when there is none.</param>
/// <param name="Problem">Why it has no text, as the end of a sentence that starts with the line's number; null when it has one.</param>
public sealed record ItemField(string Name, ReadOnlyMemory<byte> Text, string? Problem);

/// <summary>Reads records of several text fields from JSON Lines in UTF-8, in memory that does not grow with the file.</summary>
public sealed class ItemReader
{
    private readonly IReadOnlyList<string> _fields;
    private readonly JsonRecordParser[] _parsers;
    private readonly int _maxLineBytes;

    /// <summary>Creates the reader.</summary>
    /// <param name="fields">Names of the text fields; <c>a.b</c> is field <c>b</c> inside field <c>a</c>.</param>
    /// <param name="options">The field of the id and the longest line.</param>
    /// <exception cref="ReciteException">A field has no name, or is named twice.</exception>
    public ItemReader(IReadOnlyList<string> fields, IngestOptions options)
    {
        if (fields.Count == 0 || fields.Distinct(StringComparer.Ordinal).Count() != fields.Count)
            throw new ReciteException("The text fields of the items must be named, each once, as in --text-field question,answer.");
        _fields = fields;
        _parsers = [.. fields.Select(field => ParserOf(options with { TextField = field }))];
        _maxLineBytes = (int)options.MaxDocumentBytes;
    }

    /// <summary>The records of a stream; blank lines are passed over.</summary>
    /// <param name="stream">JSON Lines.</param>
    /// <param name="name">What records without an id are named after.</param>
    /// <param name="ct">Stops the reading.</param>
    public async IAsyncEnumerable<Item> ReadAsync(Stream stream, string name, [EnumeratorCancellation] CancellationToken ct)
    {
        var lines = new LineReader(stream, _maxLineBytes);
        while (await lines.ReadAsync(ct))
        {
            if (Read(lines, name) is { } item)
                yield return item;
        }
    }

    private static JsonRecordParser ParserOf(IngestOptions options)
    {
        options.Validate();
        return new JsonRecordParser(options);
    }

    private Item? Read(LineReader lines, string name)
    {
        string unnamed = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}#{lines.Number}");
        if (lines.IsTooLong)
            return new Item(unnamed, lines.Number, [], "is longer than a line can be");
        ReadOnlySpan<byte> line = lines.Line.Span;
        if (lines.Number == 1)
            line = LeadingBytes.SkipByteOrderMark(line);
        if (line.Trim(" \t\r"u8).IsEmpty)
            return null;
        if (!Utf8.IsValid(line))
            return new Item(unnamed, lines.Number, [], "is not UTF-8");

        string? id = null;
        var fields = new List<ItemField>();
        for (int i = 0; i < _fields.Count; i++)
        {
            JsonRecord record = _parsers[i].Parse(line);
            id ??= record.Id;
            fields.Add(new ItemField(_fields[i], record.Text, record.Problem));
        }

        return new Item(id ?? unnamed, lines.Number, fields, fields.TrueForAll(field => field.Problem is not null) ? fields[0].Problem : null);
    }
}
