using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Recite.Fuzz.Targets;

/// <summary>Small containers of each kind, written here: web archives, books, documents, tables, archives.</summary>
internal static class ContainerSeeds
{
    private static readonly DateTimeOffset Moment = new(2026, 1, 2, 3, 4, 6, TimeSpan.Zero);

    public static IEnumerable<(string, byte[])> Warc()
    {
        byte[] response = Record("response", "application/http; msgtype=response", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>A page in an archive</p>");
        byte[] chunked = Record("response", "application/http; msgtype=response", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n");
        byte[] wet = Record("conversion", "text/plain", "Text of a page as it was taken out of it.");
        yield return ("response", response);
        yield return ("several", [.. Record("warcinfo", "application/warc-fields", "software: none\r\n"), .. response, .. chunked, .. wet]);
        yield return ("broken", [.. "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nshort"u8]);
        yield return ("packed", [.. Packed(response), .. Packed(wet)]);
    }

    public static IEnumerable<(string, byte[])> Epub()
    {
        const string Container = "<?xml version='1.0'?><container xmlns='urn:oasis:names:tc:opendocument:xmlns:container' version='1.0'><rootfiles><rootfile full-path='b/c.opf' media-type='application/oebps-package+xml'/></rootfiles></container>";
        const string Package = "<package xmlns='http://www.idpf.org/2007/opf' version='3.0'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>A book</dc:title></metadata><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/><item id='d' href='d%20e.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='d'/><itemref idref='a' linear='no'/></spine></package>";
        const string Chapter = "<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>One</h1><p>It began.</p></body></html>";
        (string, string)[] files = [("mimetype", "application/epub+zip"), ("META-INF/container.xml", Container), ("b/c.opf", Package), ("b/a.xhtml", Chapter), ("b/d e.xhtml", Chapter)];
        yield return ("book", Zip(files));
        yield return ("no-chapter", Zip(files[..3]));
        yield return ("no-container", Zip(files[..1]));
        yield return ("entity", Zip([files[0], files[1], ("b/c.opf", "<!DOCTYPE p [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>" + Package.Replace("A book", "&b;", StringComparison.Ordinal)), .. files[3..]]));
    }

    public static IEnumerable<(string, byte[])> Docx()
    {
        const string Types = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Override PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>";
        const string Text = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>A letter</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
        const string Relations = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='word/document.xml'/></Relationships>";
        yield return ("letter", Zip([("[Content_Types].xml", Types), ("_rels/.rels", Relations), ("word/document.xml", Text)]));
        yield return ("empty", Zip([("[Content_Types].xml", Types)]));
    }

    public static IEnumerable<(string, byte[])> Csv()
    {
        yield return ("table", "id,text,url\r\n1,\"a \"\"quoted\"\" text,\nin two lines\",u\r\n2,plain,\r\n"u8.ToArray());
        yield return ("wrong", "text,text\n\"open\nx,y,z\n\"a\"b,\r\n,\n"u8.ToArray());
    }

    public static IEnumerable<(string, byte[])> Archive()
    {
        byte[] inner = Zip([("d/e.txt", "text in an archive in an archive")]);
        yield return ("zip", Zip([("a.txt", "one text"), ("b/c.jsonl", "{\"text\":\"two\"}\n"), ("../up.txt", "no")]));
        yield return ("tar", Tar(("a.txt", "one text"u8.ToArray()), ("b/inner.zip", inner)));
        yield return ("packed", Packed(Tar(("a.txt", "one text"u8.ToArray()))));
        yield return ("repeated", Zip([("a.txt", new string('a', 20_000))]));
    }

    private static byte[] Record(string type, string contentType, string content) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"WARC/1.0\r\nWARC-Type: {type}\r\nWARC-Target-URI: http://example.org/\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: {contentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(content)}\r\n\r\n{content}\r\n\r\n"));

    private static byte[] Zip((string Name, string Content)[] files)
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            foreach ((string name, string content) in files)
            {
                ZipArchiveEntry entry = archive.CreateEntry(name);
                entry.LastWriteTime = Moment;
                using Stream stream = entry.Open();
                stream.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return packed.ToArray();
    }

    private static byte[] Tar(params (string Name, byte[] Content)[] files)
    {
        using var packed = new MemoryStream();
        using (var archive = new TarWriter(packed, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files)
                archive.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content), ModificationTime = Moment });
        }

        return packed.ToArray();
    }

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(content);
        return packed.ToArray();
    }
}
