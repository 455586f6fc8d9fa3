using System.Text.Unicode;
using Recite.Indexing.Corpora;
using Recite.Ingest.Encodings;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Csv;

/// <summary>What is known of a table while its rows are read.</summary>
internal sealed class CsvTable(InputFile file, IngestOptions options, IngestLog log, string encoding, bool hasQuotes)
{
    private const int MaxColumns = 4096;
    private const int MaxNameBytes = 4096;   // of an id or a URI: longer ones are text in the wrong column
    private const int NamesInASentence = 8;

    private readonly LegacySample _sample = LegacySample.OfFile(file, options);
    private readonly byte[]?[] _fields = new byte[]?[3];
    private int[]? _columns;   // of text, id and URI; -1 where there is none
    private bool _hasSaidFallback;
    private bool _hasRow;

    /// <summary>What separates fields.</summary>
    public byte Delimiter { get; private set; } = hasQuotes ? (byte)',' : (byte)'\t';

    /// <summary>The document of a row; null for the header and for what gives none.</summary>
    /// <exception cref="IngestException">The header names no text column.</exception>
    public Document? Next(CsvRecordReader records)
    {
        if (records.IsTooLong)
            return Skip(records.Line, $"is longer than {Printable.Bytes(options.MaxDocumentBytes)}");
        ReadOnlyMemory<byte> record = records.Record;
        if (records.Line == 1)
            record = record[(record.Length - LeadingBytes.SkipByteOrderMark(record.Span).Length)..];
        if (record.Span.Trim(" \t\r"u8).IsEmpty)
            return null;
        if (records.IsUnclosed)
            return Skip(records.Line, "has quotes that are never closed");

        string rowEncoding = encoding;
        if (!Utf8.IsValid(record.Span) && !TryDecode(records.Line, ref record, ref rowEncoding))
            return Skip(records.Line, "is neither UTF-8 nor Latin-1");
        if (_columns is null)
        {
            ReadHeader(record.Span);
            return null;
        }

        _hasRow = true;
        CsvRecord.Take(record.Span, Delimiter, hasQuotes, _columns, _fields);
        if (_fields[0] is not { } text)
            return Skip(records.Line, $"has fewer columns than the header, and none for \"{Printable.Show(options.TextField)}\"");
        if (text.Length == 0)
        {
            log.Notice(NoticeKind.Empty, $"{file.Label} line {records.Line} has an empty text: there is nothing to index.");
            return null;
        }

        string id = Name(1) ?? $"{file.Name}#{records.Line}";
        return new Document(id, Name(2) ?? id, text, rowEncoding);
    }

    /// <summary>Says so when there was nothing to read.</summary>
    public void Finish()
    {
        if (!_hasRow)
            log.Notice(NoticeKind.Empty, $"{file.Label} has no row below its header: there is nothing to index.");
    }

    private void ReadHeader(ReadOnlySpan<byte> record)
    {
        // The delimiter is the one that makes the header name the text column: a comma may stand in a name, too.
        foreach (byte delimiter in hasQuotes ? ",;\t|"u8 : "\t"u8)
        {
            List<string> names = CsvRecord.Names(record, delimiter, hasQuotes, MaxColumns);
            int text = names.IndexOf(options.TextField);
            if (text < 0)
                continue;
            Delimiter = delimiter;
            _columns = [text, names.IndexOf(options.IdField), names.IndexOf(options.UriField)];
            return;
        }

        List<string> found = CsvRecord.Names(record, Delimiter, hasQuotes, NamesInASentence + 1);
        string more = found.Count > NamesInASentence ? ", ..." : "";
        string list = string.Join(", ", found.Take(NamesInASentence).Select(name => $"\"{Printable.Show(name)}\""));
        throw new IngestException(SkipKind.NoSuchField, $"{file.Label} has no column \"{Printable.Show(options.TextField)}\" in its first line ({list}{more}): name the column that holds the text (--text-field).");
    }

    private string? Name(int field) => _fields[field] is { Length: > 0 and <= MaxNameBytes } name ? System.Text.Encoding.UTF8.GetString(name) : null;

    private bool TryDecode(long line, ref ReadOnlyMemory<byte> record, ref string rowEncoding)
    {
        try
        {
            DecodedText decoded = FallbackDecoder.Decode(record, $"{file.Label} line {line}", _sample);
            if (!_hasSaidFallback && decoded.Notice is not null)
            {
                log.Notice(NoticeKind.Encoding, $"{decoded.Notice} Other such lines of this file are not told.");
                _hasSaidFallback = true;
            }

            record = decoded.Text;
            rowEncoding = decoded.Encoding;
            return true;
        }
        catch (IngestException)
        {
            return false;   // told by the caller as a skipped row
        }
    }

    private Document? Skip(long line, string problem)
    {
        log.Skip(file.Name, line, SkipKind.Record, $"{file.Label} line {line} {problem}: the row was skipped.");
        return null;
    }
}
