using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Parquet;
using Parquet.Schema;
using Recite.Ingest.Tests.Pdf;
using Recite.Testing.Files;

namespace Recite.Ingest.Tests.Hostile;

/// <summary>One small good file of each kind, made here.</summary>
internal static class SampleFiles
{
    public const string Prose = "The quick brown fox jumps over the lazy dog, and then it rests in the shade of an old elm.";

    /// <summary>All of them, by file name.</summary>
    public static IReadOnlyDictionary<string, byte[]> All { get; } = new Dictionary<string, byte[]>(StringComparer.Ordinal)
    {
        ["table.csv"] = Csv(),
        ["bundle.zip"] = Zip(("a.txt", Prose), ("b/c.jsonl", $"{{\"text\":\"{Prose}\"}}\n")),
        ["bundle.tar"] = Tar(TarEntryFormat.Pax, ("a.txt", Prose), ("b/c.md", Prose)),
        ["bundle.tar.gz"] = Gzip.Pack(Tar(TarEntryFormat.Gnu, ("a.txt", Prose), ("b/c.md", Prose))),
        ["crawl.warc"] = Warc(),
        ["crawl.wet"] = Wet(),
        ["book.epub"] = Epub(("one.xhtml", $"<p>{Prose}</p>"), ("two.xhtml", "<p>Second chapter.</p>")),
        ["table.parquet"] = Parquet(CompressionMethod.Snappy, [Prose, "two", null, "four"]),
        ["zstd.parquet"] = Parquet(CompressionMethod.Zstd, [Prose, Prose, Prose, "four"]),
        ["table.arrow"] = Arrow.ArrowFiles.Stream([Prose, "two", null, "four"], rowsOfBatch: 3),
        ["file.arrow"] = Arrow.ArrowFiles.File([Prose, "two", null, "four"], rowsOfBatch: 4),
        ["paper.pdf"] = PdfFiles.Pages([Prose, "Another line."], ["A second page."]),
        ["letter.docx"] = Docx($"<w:p><w:r><w:t>{Prose}</w:t></w:r></w:p>"),
    };

    public static byte[] Csv() => Encoding.UTF8.GetBytes($"id,text,url\r\n1,\"{Prose}\",https://example.org/1\r\n2,\"two\nlines\",\r\n3,plain,x\r\n");

    public static byte[] Zip(params (string Path, string Text)[] files) => Zip(CompressionLevel.Optimal, [.. files.Select(file => (file.Path, Encoding.UTF8.GetBytes(file.Text)))]);

    public static byte[] Zip(CompressionLevel level, params (string Path, byte[] Content)[] files)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string path, byte[] content) in files)
            {
                using Stream entry = zip.CreateEntry(path, path is "mimetype" ? CompressionLevel.NoCompression : level).Open();
                entry.Write(content);
            }
        }

        return packed.ToArray();
    }

    public static byte[] Tar(TarEntryFormat format, params (string Path, string Text)[] files)
    {
        using var packed = new MemoryStream();
        using (var tar = new TarWriter(packed, format, leaveOpen: true))
        {
            foreach ((string path, string text) in files)
            {
                TarEntry entry = format switch
                {
                    TarEntryFormat.Pax => new PaxTarEntry(TarEntryType.RegularFile, path),
                    TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, path),
                    TarEntryFormat.V7 => new V7TarEntry(TarEntryType.V7RegularFile, path),
                    _ => new UstarTarEntry(TarEntryType.RegularFile, path),
                };
                entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text));
                entry.ModificationTime = DateTimeOffset.UnixEpoch;
                tar.WriteEntry(entry);
            }
        }

        return packed.ToArray();
    }

    /// <summary>A table of texts with ids 1, 2, ... in row groups of two rows.</summary>
    public static byte[] Parquet(CompressionMethod compression, IReadOnlyList<string?> texts, int rowsOfGroup = 2)
    {
        var schema = new ParquetSchema(new DataField<string>("text"), new DataField<long>("id"));
        return Parquet(schema, compression, texts.Count, rowsOfGroup, async (group, first, count) =>
        {
            await group.WriteAsync(schema.DataFields[0], [.. texts.Skip(first).Take(count)]);
            await group.WriteAsync<long>(schema.DataFields[1], Enumerable.Range(first + 1, count).Select(i => (long)i).ToArray());
        });
    }

    public static byte[] Parquet(ParquetSchema schema, CompressionMethod compression, int rows, int rowsOfGroup, Func<ParquetRowGroupWriter, int, int, Task> write) => Task.Run(async () =>
    {
        var file = new MemoryStream();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(schema, file, new ParquetOptions { CompressionMethod = compression }))
        {
            for (int first = 0; first < rows; first += rowsOfGroup)
            {
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                await write(group, first, Math.Min(rowsOfGroup, rows - first));
                group.CompleteValidate();
            }
        }

        return file.ToArray();
    }).GetAwaiter().GetResult();

    public static byte[] Record(string type, string uri, string contentType, byte[] block, string? id = null) =>
    [
        .. Encoding.UTF8.GetBytes($"WARC/1.0\r\nWARC-Type: {type}\r\nWARC-Target-URI: {uri}\r\nWARC-Record-ID: <urn:uuid:{id ?? uri}>\r\nContent-Type: {contentType}\r\nContent-Length: {block.Length}\r\n\r\n"),
        .. block,
        .. "\r\n\r\n"u8,
    ];

    public static byte[] Response(string uri, string header, byte[] body) =>
        Record("response", uri, "application/http; msgtype=response", [.. Encoding.Latin1.GetBytes(header.ReplaceLineEndings("\r\n") + "\r\n\r\n"), .. body]);

    public static byte[] Warc() =>
    [
        .. Record("warcinfo", "info", "application/warc-fields", "software: test\r\n"u8.ToArray()),
        .. Response("https://example.org/1", "HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8", Encoding.UTF8.GetBytes($"<html><p>{Prose}</p></html>")),
        .. Response("https://example.org/2", "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: gzip", Gzip.Pack($"<html><p>{Prose}</p></html>")),
    ];

    public static byte[] Wet() =>
    [
        .. Record("warcinfo", "info", "application/warc-fields", "software: test\r\n"u8.ToArray()),
        .. Record("conversion", "https://example.org/1", "text/plain", Encoding.UTF8.GetBytes(Prose)),
        .. Record("conversion", "https://example.org/2", "text/plain", "Second page."u8.ToArray()),
    ];

    public static byte[] Epub(params (string Path, string Body)[] chapters) => Zip(
    [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile full-path=\"OEBPS/book.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>"),
        ("OEBPS/book.opf", Package(chapters.Select(chapter => chapter.Path))),
        .. chapters.Select(chapter => ("OEBPS/" + chapter.Path, $"<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>Book</title></head><body>{chapter.Body}</body></html>")),
    ]);

    public static byte[] Docx(string body) => Zip(
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        ("word/document.xml", $"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><w:body>{body}</w:body></w:document>"));

    // The manifest in another order than the spine, so that a reader which confuses them is found out.
    private static string Package(IEnumerable<string> paths)
    {
        string[] all = [.. paths];
        string items = string.Concat(all.Select((path, i) => $"<item id=\"c{i}\" href=\"{path}\" media-type=\"application/xhtml+xml\"/>").Reverse());
        string spine = string.Concat(all.Select((_, i) => $"<itemref idref=\"c{i}\"/>"));
        return $"<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\"><manifest>{items}<item id=\"css\" href=\"s.css\" media-type=\"text/css\"/></manifest><spine>{spine}</spine></package>";
    }
}
