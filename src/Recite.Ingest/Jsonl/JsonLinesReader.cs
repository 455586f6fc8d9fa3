using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Recite.Indexing.Corpora;
using Recite.Ingest.Encodings;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Jsonl;

/// <summary>
/// Reads one document per line of JSON Lines (.jsonl, .ndjson, .json with an object per line, and files without an extension
/// whose first line is an object), in memory that does not grow with the file. A bad line is skipped and told.
/// </summary>
public sealed class JsonLinesReader : IDocumentReader
{
    /// <summary>Bad lines at the start of a file after which it is given up: then the file or the field's name is wrong, not the line.</summary>
    public const int MaxBadLinesAtStart = 10_000;

    /// <inheritdoc/>
    public bool CanRead(string fileName, ReadOnlySpan<byte> head) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".jsonl" or ".ndjson" or ".json" => true,
        "" => JsonLinesDetection.StartsWithAnObject(head),
        _ => false,
    };

    /// <inheritdoc/>
    public async IAsyncEnumerable<Document> ReadAsync(InputFile file, IngestOptions options, IngestLog log, [EnumeratorCancellation] CancellationToken ct)
    {
        Unicode unicode = RefuseOtherFormats(file);
        await using Stream? transcoded = unicode is Unicode.Unknown or Unicode.Utf8
            ? null
            : Encoding.CreateTranscodingStream(file.Content, UnicodeDetection.EncodingOf(unicode), Encoding.UTF8, leaveOpen: true);
        var lines = new LineReader(transcoded ?? file.Content, (int)options.MaxDocumentBytes);
        var reading = new Reading(file, options, log, UnicodeDetection.NameOf(unicode));
        while (await lines.ReadAsync(ct))
        {
            if (reading.Next(lines) is { } document)
                yield return document;
        }

        reading.Finish();
    }

    private static Unicode RefuseOtherFormats(InputFile file)
    {
        ReadOnlySpan<byte> head = file.Head.Span;
        TextDecoder.RefuseBinaryHead(head, file.Label);
        Unicode unicode = UnicodeDetection.Detect(head);
        bool isBytes = unicode is Unicode.Unknown or Unicode.Utf8;
        bool isJson = Path.GetExtension(file.FileName).Equals(".json", StringComparison.OrdinalIgnoreCase);
        if (isBytes && (JsonLinesDetection.StartsWithAList(head) || (isJson && !JsonLinesDetection.StartsWithAnObject(head))))
            throw new IngestException(SkipKind.Unsupported, $"{file.Label} is JSON but not JSON Lines: write one object per line, for instance with jq -c, and name it .jsonl.");
        return unicode;
    }

    /// <summary>What is known while one file is read.</summary>
    private sealed class Reading(InputFile file, IngestOptions options, IngestLog log, string encoding)
    {
        private readonly JsonRecordParser _parser = new(options);
        private readonly LegacySample _sample = LegacySample.OfFile(file, options);
        private readonly bool _isSevenBit = options.LegacyEncoding is { } named && CodePages.IsSevenBit(named);
        private bool _hasSaidFallback;
        private bool _hasContent;
        private bool _hasDocument;
        private int _badLines;

        public void Finish()
        {
            if (!_hasContent)
                log.Notice(NoticeKind.Empty, $"{file.Label} has no line that is not blank: there is nothing to index.");
        }

        public Document? Next(LineReader lines)
        {
            _hasContent |= lines.IsTooLong;
            if (lines.IsTooLong)
                return Skip(lines.Number, $"is longer than {Printable.Bytes(options.MaxDocumentBytes)}");

            ReadOnlyMemory<byte> line = lines.Line;
            if (lines.Number == 1)
                line = line[(line.Length - LeadingBytes.SkipByteOrderMark(line.Span).Length)..];
            if (line.Span.Trim(" \t\r"u8).IsEmpty)
                return null;

            _hasContent = true;
            string lineEncoding = encoding;
            if ((_isSevenBit || !Utf8.IsValid(line.Span)) && !TryDecode(lines.Number, ref line, ref lineEncoding))
                return Skip(lines.Number, "is neither UTF-8 nor Latin-1");

            JsonRecord record = _parser.Parse(line.Span);
            if (record.Problem is not null)
                return Skip(lines.Number, record.Problem);

            _hasDocument = true;
            if (record.Text.IsEmpty)
            {
                log.Notice(NoticeKind.Empty, $"{file.Label} line {lines.Number} has an empty text: there is nothing to index.");
                return null;
            }

            string id = record.Id ?? $"{file.Name}#{lines.Number}";
            return new Document(id, record.Uri ?? id, record.Text, lineEncoding);
        }

        private bool TryDecode(long number, ref ReadOnlyMemory<byte> line, ref string lineEncoding)
        {
            try
            {
                DecodedText decoded = FallbackDecoder.Decode(line, $"{file.Label} line {number}", _sample);
                if (!_hasSaidFallback && decoded.Notice is not null)
                    log.Notice(NoticeKind.Encoding, $"{decoded.Notice} Other such lines of this file are not told.");
                _hasSaidFallback = true;
                line = decoded.Text;
                lineEncoding = decoded.Encoding;
                return true;
            }
            catch (IngestException)
            {
                return false;   // told by the caller as a skipped line
            }
        }

        private Document? Skip(long number, string problem)
        {
            log.Skip(file.Name, number, SkipKind.Record, $"{file.Label} line {number} {problem}: the line was skipped.");
            if (!_hasDocument && ++_badLines == MaxBadLinesAtStart)
                throw new IngestException(SkipKind.NoSuchField, $"{file.Label} has no document in its first {number} lines: check that it is JSON Lines and that the text is in \"{Printable.Show(options.TextField)}\".");
            return null;
        }
    }
}
