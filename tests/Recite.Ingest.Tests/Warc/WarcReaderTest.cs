using System.IO.Compression;
using System.Text;
using Recite.Indexing.Corpora;
using Recite.Ingest.Tests.Hostile;
using Recite.Testing.Files;

namespace Recite.Ingest.Tests.Warc;

public sealed class WarcReaderTest
{
    private const string Prose = SampleFiles.Prose;

    [Fact]
    public async Task Reads_pages_with_the_address_as_uri_and_the_record_as_id()
    {
        Reading reading = await ReaderTargets.ReadAsync("a.warc", SampleFiles.Warc());

        Assert.Empty(reading.Skipped);
        Assert.Equal([Prose, Prose], reading.Texts);
        Assert.Equal(["urn:uuid:https://example.org/1", "urn:uuid:https://example.org/2"], reading.Ids);
        Assert.Equal(["https://example.org/1", "https://example.org/2"], reading.Documents.Select(document => document.Uri));
    }

    [Fact]
    public async Task Reads_extracted_texts_and_files_packed_record_by_record_under_any_name()
    {
        byte[] packed = [.. Gzip.Pack(SampleFiles.Record("warcinfo", "i", "application/warc-fields", [])), .. Gzip.Pack(SampleFiles.Record("conversion", "u", "text/plain", Encoding.UTF8.GetBytes(Prose)))];
        foreach (string name in new[] { "a.wet.gz", "a.warc.gz", "a.gz", "noending" })
            Assert.Equal([Prose], (await ReaderTargets.ReadAsync(name, packed)).Texts);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("identity")]
    public async Task Unpacks_bodies_and_joins_chunks(string coding)
    {
        byte[] page = Encoding.UTF8.GetBytes($"<html><p>{Prose}</p></html>");
        byte[] body = Pack(page, coding);
        byte[] chunked = [.. Encoding.ASCII.GetBytes($"{10:x}\r\n"), .. body[..10], .. Encoding.ASCII.GetBytes($"\r\n{body.Length - 10:X};name=value\r\n"), .. body[10..], .. "\r\n0\r\n\r\n"u8];

        Assert.Equal([Prose], (await ReadAsync(SampleFiles.Response("u", $"HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: {coding}", body))).Texts);
        Assert.Equal([Prose], (await ReadAsync(SampleFiles.Response("u", $"HTTP/1.1 200 OK\nContent-Type: text/html\nTransfer-Encoding: chunked\nContent-Encoding: {coding}", chunked))).Texts);

        // Crawlers keep the header and store the body unpacked.
        Assert.Equal([Prose], (await ReadAsync(SampleFiles.Response("u", $"HTTP/1.1 200 OK\nContent-Type: text/html\nTransfer-Encoding: chunked\nContent-Encoding: {coding}", page))).Texts);
    }

    [Fact]
    public async Task Goes_by_the_encoding_that_the_server_said()
    {
        byte[] body = TestEncodings.Get("koi8-r").GetBytes("<html><meta charset=windows-1251><p>Привет, мир</p></html>");
        Document document = (await ReadAsync(SampleFiles.Response("u", "HTTP/1.1 200 OK\nContent-Type: text/html; charset=\"KOI8-R\"", body))).Single();
        Assert.Equal("Привет, мир", Reading.Text(document));
        Assert.Equal("koi8-r", document.Encoding);
    }

    [Fact]
    public async Task Leaves_out_what_is_no_page_and_counts_it()
    {
        Reading reading = await ReadAsync(
        [
            .. SampleFiles.Response("1", "HTTP/1.1 404 Not Found\nContent-Type: text/html", Encoding.UTF8.GetBytes("<p>Not found</p>")),
            .. SampleFiles.Response("2", "HTTP/1.1 200 OK\nContent-Type: image/png", [0x89, 0x50, 0x4E, 0x47]),
            .. SampleFiles.Record("request", "3", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n"u8.ToArray()),
            .. SampleFiles.Response("4", "HTTP/1.1 200 OK\nContent-Type: text/plain", Encoding.UTF8.GetBytes(Prose)),
        ]);

        Assert.Equal([Prose], reading.Texts);
        Assert.Empty(reading.Skipped);
        Assert.StartsWith("a.warc has 2 records that are no successful answer", Assert.Single(reading.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skips_a_bad_record_and_goes_on()
    {
        byte[] damaged = Gzip.Pack($"<html>{Prose}{Prose}");
        damaged[^20] ^= 0x55;
        byte[] bomb = Gzip.Pack(new byte[8 << 20]);
        Reading reading = await ReadAsync(
        [
            .. SampleFiles.Response("1", "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: gzip", damaged),
            .. SampleFiles.Response("2", "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: gzip", bomb),
            .. SampleFiles.Response("3", "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: rot13", "<html>x"u8.ToArray()),
            .. SampleFiles.Response("4", "HTTP/1.1 200 OK\nContent-Type: text/plain", new byte[2 << 20]),
            .. SampleFiles.Response("5", "HTTP/1.1 200 OK\nContent-Type: text/plain", Encoding.UTF8.GetBytes(Prose)),
        ]);

        Assert.Equal([Prose], reading.Texts);
        Assert.Equal([SkipKind.Damaged, SkipKind.Limit, SkipKind.Unsupported, SkipKind.Limit], reading.Skipped.Select(skipped => skipped.Kind));
        Assert.Equal([1L, 2L, 3L, 4L], reading.Skipped.Select(skipped => skipped.Line!.Value));
    }

    [Fact]
    public async Task Gives_up_behind_a_damaged_header_and_keeps_what_it_read()
    {
        byte[] whole = SampleFiles.Wet();
        int third = whole.AsSpan().LastIndexOf("WARC/1.0"u8);
        whole[third] = (byte)'V';

        Reading reading = await ReaderTargets.ReadAsync("a.wet", whole);

        Assert.Equal([Prose], reading.Texts);
        Assert.Contains("behind record 2", Assert.Single(reading.Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_believe_a_length()
    {
        byte[] record = Encoding.UTF8.GetBytes("WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 900000\r\n\r\nshort");
        Assert.Contains("truncated in record 1", (await ReadAsync(record)).SingleReason(), StringComparison.Ordinal);

        byte[] huge = Encoding.UTF8.GetBytes("WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 9223372036854775807\r\n\r\nshort");
        Assert.Equal(SkipKind.Damaged, Assert.Single((await ReadAsync(huge)).Skipped).Kind);

        byte[] negative = Encoding.UTF8.GetBytes("WARC/1.0\r\nWARC-Type: request\r\nContent-Length: -5\r\n\r\nshort");
        Assert.Equal(SkipKind.Damaged, Assert.Single((await ReadAsync(negative)).Skipped).Kind);
    }

    [Fact]
    public async Task Reads_blocks_of_every_length_across_the_buffer()
    {
        var expected = new List<string>();
        var warc = new MemoryStream();
        for (int length = 1; length < 400_000; length = (length * 3) + 1)
        {
            string text = new('x', length);
            expected.Add(text);
            warc.Write(SampleFiles.Record("conversion", $"u{length}", "text/plain", Encoding.UTF8.GetBytes(text)));
        }

        Assert.Equal(expected, (await ReaderTargets.ReadAsync("a.wet", warc.ToArray())).Texts);
    }

    private static Task<Reading> ReadAsync(byte[] warc) => ReaderTargets.ReadAsync("a.warc", warc);

    private static byte[] Pack(byte[] body, string coding)
    {
        using var packed = new MemoryStream();
        using (Stream? packer = coding switch
        {
            "gzip" => new GZipStream(packed, CompressionMode.Compress),
            "deflate" => new ZLibStream(packed, CompressionMode.Compress),
            "br" => new BrotliStream(packed, CompressionMode.Compress),
            _ => null,
        })
        {
            packer?.Write(body);
        }

        return coding switch
        {
            "identity" => body,
            "zstd" => Zstandard.Pack(body),
            _ => packed.ToArray(),
        };
    }
}
