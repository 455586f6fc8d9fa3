using Recite.Ingest.Arrow;
using Recite.Ingest.Csv;
using Recite.Ingest.Docx;
using Recite.Ingest.Epub;
using Recite.Ingest.Html;
using Recite.Ingest.Jsonl;
using Recite.Ingest.Parquet;
using Recite.Ingest.Pdf;
using Recite.Ingest.Plain;
using Recite.Ingest.Warc;

namespace Recite.Ingest;

/// <summary>The readers that ship.</summary>
public static class DocumentReaders
{
    /// <summary>All of them, in the order in which they are asked: first those that know their files by content; plain text is last since it takes every file.</summary>
    public static IReadOnlyList<IDocumentReader> All() =>
    [
        new EpubReader(),
        new DocxReader(),
        new ParquetTableReader(),
        new ArrowTableReader(),
        new PdfReader(),
        new WarcReader(),
        new JsonLinesReader(),
        new CsvReader(),
        new HtmlReader(),
        new PlainTextReader(),
    ];
}
