using System.Text;
using Recite.Indexing;
using Recite.Ingest.Encodings;

namespace Recite.Ingest;

/// <summary>How documents are read: the names of the JSON fields and the bounds on what a stranger's file may cost.</summary>
public sealed record IngestOptions
{
    /// <summary>The largest value that <see cref="MaxDocumentBytes"/> may have: 1 GiB, so that a text fits one array.</summary>
    public const long LargestDocumentBytes = 1L << 30;

    /// <summary>The JSON Lines field that holds the text; <c>a.b</c> is field <c>b</c> inside field <c>a</c>.</summary>
    public string TextField { get; init; } = "text";

    /// <summary>The JSON Lines field that holds the document's id; a document without it is named <c>path#line</c>.</summary>
    public string IdField { get; init; } = "id";

    /// <summary>The JSON Lines field that says where the text came from; a document without it has its id as URI.</summary>
    public string UriField { get; init; } = "url";

    /// <summary>
    /// What text is in that neither is Unicode nor declares its encoding, for instance <c>koi8-r</c>; null to judge by the bytes.
    /// </summary>
    public string? Encoding { get; init; }

    /// <summary>How a folder is read that is a git repository.</summary>
    public GitReading Git { get; init; }

    /// <summary>Bytes of one document's decoded text, and of one line of JSON Lines; longer ones are skipped.</summary>
    public long MaxDocumentBytes { get; init; } = 256L << 20;

    /// <summary>Bytes of one HTML page, markup included: smaller than a document, since a page is held in memory more than once.</summary>
    public long MaxHtmlBytes { get; init; } = 32L << 20;

    /// <summary>Bytes that one compressed file may unpack to.</summary>
    public long MaxUnpackedBytes { get; init; } = 64L << 30;

    /// <summary>Unpacked bytes per compressed byte; a file beyond it is taken for a decompression bomb.</summary>
    public long MaxExpansionRatio { get; init; } = 1000;

    /// <summary>The decoder of <see cref="Encoding"/>; null where none was named.</summary>
    internal Encoding? LegacyEncoding => Encoding is null ? null : CodePages.FindNamed(Encoding);

    /// <summary>Bytes of an unpacked file that must be read from its end (an archive or a table in an archive) and is copied for that.</summary>
    public long MaxSpooledBytes { get; init; } = 4L << 30;

    /// <summary>Bytes that one column of one Parquet row group may unpack to: it is held in memory whole.</summary>
    public long MaxParquetColumnBytes { get; init; } = 1L << 30;

    /// <summary>How long the footer of a Parquet file, or one column of one row group, may take.</summary>
    public TimeSpan MaxParquetTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Bytes of one PDF: its objects stay in memory while it is read.</summary>
    public long MaxPdfBytes { get; init; } = 512L << 20;

    /// <summary>Pages of one PDF.</summary>
    public int MaxPdfPages { get; init; } = 20_000;

    /// <summary>Bytes that the content, forms and fonts of one page of a PDF may unpack to; pictures are never unpacked.</summary>
    public long MaxPdfPageBytes { get; init; } = 64L << 20;

    /// <summary>How long one PDF may take.</summary>
    public TimeSpan MaxPdfTime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The clock that time limits go by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How deep archives may lie in archives; 1 is an archive in no other.</summary>
    public int MaxArchiveDepth { get; init; } = 4;

    /// <summary>Throws a <see cref="ReciteException"/> that names the first value that makes no sense.</summary>
    internal void Validate()
    {
        RequireField(TextField, "text");
        RequireField(IdField, "id");
        RequireField(UriField, "URI");
        if (Encoding is not null && LegacyEncoding is null)
            throw TextDecoder.UnknownEncoding(Encoding);
        RequireRange(MaxDocumentBytes, LargestDocumentBytes, "bytes of a document");
        RequireRange(MaxHtmlBytes, LargestDocumentBytes, "bytes of an HTML page");
        RequireRange(MaxUnpackedBytes, long.MaxValue, "bytes of an unpacked file");
        RequireRange(MaxExpansionRatio, int.MaxValue, "expansion of a compressed file");
        RequireRange(MaxSpooledBytes, long.MaxValue, "bytes of a file copied from an archive");
        RequireRange(MaxParquetColumnBytes, long.MaxValue, "bytes of a Parquet column");
        RequireRange(MaxParquetTime.Ticks, TimeSpan.TicksPerDay, "time for a part of a Parquet file in units of 100 ns");
        RequireRange(MaxPdfBytes, int.MaxValue, "bytes of a PDF");
        RequireRange(MaxPdfPages, int.MaxValue, "pages of a PDF");
        RequireRange(MaxPdfPageBytes, LargestDocumentBytes, "unpacked bytes of a page of a PDF");
        RequireRange(MaxPdfTime.Ticks, TimeSpan.TicksPerDay, "time for a PDF in units of 100 ns");
        RequireRange(MaxArchiveDepth, 64, "depth of archives");
    }

    private static void RequireField(string field, string what)
    {
        if (string.IsNullOrEmpty(field))
            throw new ReciteException($"The name of the {what} field is empty; give the name of a JSON field, such as body or meta.{what}.");
    }

    private static void RequireRange(long value, long largest, string what)
    {
        if (value < 1 || value > largest)
            throw new ReciteException($"The limit on the {what} is {value}; give a number from 1 to {largest}.");
    }
}
