using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CsCheck;
using Recite.Ingest.Tests.Hostile;
using Recite.Testing.Files;

namespace Recite.Ingest.Tests.Zip;

public sealed class ZipContainerTest
{
    private const string Prose = SampleFiles.Prose;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Reads_every_kind_of_file_in_an_archive_and_names_it_by_its_path()
    {
        byte[] zip = SampleFiles.Zip(
            CompressionLevel.Optimal,
            ("docs/a.txt", Encoding.UTF8.GetBytes("Plain.")),
            ("b.html", Encoding.UTF8.GetBytes("<p>Page</p>")),
            ("c.jsonl.gz", Gzip.Pack("{\"text\":\"line\"}\n")),
            ("d.csv", Encoding.UTF8.GetBytes("text\nrow\n")));

        Reading reading = await Reading.OfAsync(_folder.Write("bundle.zip", zip));

        Assert.Empty(reading.Skipped);
        Assert.Equal(["Plain.", "Page", "line", "row"], reading.Texts);
        Assert.Equal(["bundle.zip!/docs/a.txt", "bundle.zip!/b.html", "bundle.zip!/c.jsonl.gz#1", "bundle.zip!/d.csv#2"], reading.Ids);
    }

    [Fact]
    public async Task Reads_what_the_base_class_library_packs_whatever_it_holds() =>
        await Gen.Select(Gen.String[Gen.Char["ab é\n"], 1, 400].Array[1, 8], Gen.OneOf(CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.SmallestSize)).SampleAsync(async (texts, level) =>
        {
            byte[] zip = SampleFiles.Zip(level, [.. texts.Select((text, i) => ($"{i}.txt", Encoding.UTF8.GetBytes(text)))]);
            Reading reading = await ReaderTargets.ReadAsync("a.zip", zip);
            Assert.Empty(reading.Skipped);
            Assert.Equal(texts, reading.Texts);
        }, iter: 200);

    [Fact]
    public async Task Reads_archives_in_archives_to_a_bounded_depth()
    {
        byte[] bytes = SampleFiles.Zip(("a.txt", Prose));
        for (int i = 0; i < 5; i++)
            bytes = SampleFiles.Zip(CompressionLevel.Fastest, ("inner.zip", bytes), ("beside.txt", Encoding.UTF8.GetBytes($"level {i}")));

        Reading reading = await ReaderTargets.ReadAsync("outer.zip", bytes);

        Assert.Equal(["level 1", "level 2", "level 3", "level 4"], reading.Texts.Order(StringComparer.Ordinal));
        SkippedInput skipped = Assert.Single(reading.Skipped);
        Assert.Equal(SkipKind.Limit, skipped.Kind);
        Assert.Equal("outer.zip!/inner.zip!/inner.zip!/inner.zip!/inner.zip", skipped.Input);
    }

    [Theory]
    [InlineData("../../etc/passwd.txt", "a.zip!/etc/passwd.txt")]
    [InlineData("/root/x.txt", "a.zip!/root/x.txt")]
    [InlineData("..\\..\\win.txt", "a.zip!/win.txt")]
    [InlineData("a/./b//c.txt", "a.zip!/a/b/c.txt")]
    public async Task Makes_paths_harmless(string path, string id) =>
        Assert.Equal([id], (await ReaderTargets.ReadAsync("a.zip", SampleFiles.Zip((path, Prose)))).Ids);

    [Fact]
    public async Task Leaves_out_hidden_files_and_resource_forks_as_in_folders()
    {
        Reading reading = await ReaderTargets.ReadAsync("a.zip", SampleFiles.Zip((".git/config", "x"), ("__MACOSX/._a.txt", "x"), ("a.txt", Prose)));
        Assert.Equal(["a.zip!/a.txt"], reading.Ids);
        Assert.Empty(reading.Skipped);
    }

    [Fact]
    public async Task Goes_on_behind_a_file_that_cannot_be_read()
    {
        byte[] zip = SampleFiles.Zip(CompressionLevel.NoCompression, ("a.txt", Encoding.UTF8.GetBytes("first")), ("b.txt", Encoding.UTF8.GetBytes("second")), ("c.png", [0x89, 0x50, 0x4E, 0x47, 0x0D]), ("d.txt", Encoding.UTF8.GetBytes("fourth")));
        int second = zip.AsSpan().IndexOf("second"u8);
        zip[second] ^= 1;

        Reading reading = await ReaderTargets.ReadAsync("a.zip", zip);

        Assert.Equal(["first", "fourth"], reading.Texts);
        Assert.Equal([SkipKind.Damaged, SkipKind.NotText], reading.Skipped.Select(skipped => skipped.Kind));
        Assert.StartsWith("a.zip!/b.txt is damaged", reading.Skipped[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_an_encrypted_file_and_an_unknown_method()
    {
        byte[] encrypted = SampleFiles.Zip(("a.txt", Prose));
        int directory = encrypted.AsSpan().IndexOf("PK\u0001\u0002"u8);
        encrypted[directory + 8] |= 1;
        Assert.Equal(SkipKind.Encrypted, Assert.Single((await ReaderTargets.ReadAsync("a.zip", encrypted)).Skipped).Kind);

        byte[] other = SampleFiles.Zip(("a.txt", Prose));
        BinaryPrimitives.WriteUInt16LittleEndian(other.AsSpan(directory + 10), 14);
        SkippedInput skipped = Assert.Single((await ReaderTargets.ReadAsync("a.zip", other)).Skipped);
        Assert.Equal(SkipKind.Unsupported, skipped.Kind);
        Assert.Contains("method 14", skipped.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stops_a_bomb_at_the_ratio_and_says_it_once()
    {
        var options = new IngestOptions { MaxExpansionRatio = 100, MaxUnpackedBytes = 1L << 40 };
        byte[] spaces = new byte[30 << 20];
        spaces.AsSpan().Fill((byte)' ');
        byte[] zip = SampleFiles.Zip(CompressionLevel.SmallestSize, ("a.jsonl", spaces), ("b.jsonl", spaces), ("c.jsonl", spaces));

        Reading reading = await ReaderTargets.ReadAsync("a.zip", zip, options);

        Assert.Contains("decompression bomb", reading.SingleReason(), StringComparison.Ordinal);
        Assert.Equal(SkipKind.Limit, reading.Skipped[0].Kind);
    }

    [Fact]
    public async Task Counts_what_archives_in_an_archive_unpack_to_together()
    {
        byte[] spaces = new byte[4 << 20];
        spaces.AsSpan().Fill((byte)' ');
        byte[] inner = SampleFiles.Zip(CompressionLevel.SmallestSize, [.. Enumerable.Range(0, 8).Select(i => ($"{i}.jsonl", spaces))]);
        byte[] outer = SampleFiles.Zip(CompressionLevel.SmallestSize, [.. Enumerable.Range(0, 100).Select(i => ($"{i}.zip", inner))]);

        Reading reading = await ReaderTargets.ReadAsync("a.zip", outer, ReaderTargets.SmallLimits with { MaxDocumentBytes = 8 << 20 });

        Assert.Contains("a.zip unpacks to more than", Assert.Single(reading.Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_files_that_lie_in_one_another()
    {
        // Two entries of the directory that lead to one file: what Fifield's bombs are made of.
        byte[] zip = SampleFiles.Zip(("a.txt", Prose), ("b.txt", Prose));
        int second = zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(second + 42), 0);

        Assert.Contains("lie in one another", (await ReaderTargets.ReadAsync("a.zip", zip)).SingleReason(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_an_archive_with_something_before_it_and_a_comment_behind()
    {
        byte[] zip = SampleFiles.Zip(("a.txt", Prose));
        byte[] commented = [.. zip[..^2], 5, 0, .. "PK\u0005\u0006x"u8];
        Assert.Equal([Prose], (await ReaderTargets.ReadAsync("a.zip", commented)).Texts);

        byte[] extracting = [.. "PK\u0003\u0004 a stub that comes first and is no file "u8, .. zip];
        Assert.Equal([Prose], (await ReaderTargets.ReadAsync("a.zip", extracting)).Texts);
    }

    [Fact]
    public async Task Reads_an_archive_whose_sizes_do_not_fit_32_bits_by_their_long_form()
    {
        Assert.Equal(["long form"], (await ReaderTargets.ReadAsync("a.zip", Zip64("a.txt", "long form"u8.ToArray()))).Texts);
    }

    [Fact]
    public async Task Reads_names_of_old_archives_and_goes_by_content_under_any_name()
    {
        byte[] zip = SampleFiles.Zip(("caf\u00E9.txt", Prose));
        Assert.Equal(["a.bin!/caf\u00E9.txt"], (await ReaderTargets.ReadAsync("a.bin", zip)).Ids);

        // In code page 437, without the flag that says UTF-8.
        foreach (string mark in new[] { "PK\u0003\u0004", "PK\u0001\u0002" })
        {
            int at = zip.AsSpan().IndexOf(Encoding.ASCII.GetBytes(mark));
            zip[at + (mark[2] == 3 ? 7 : 9)] &= 0xF7;
        }

        byte[] old = [.. zip];
        for (int at; (at = old.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xC3, 0xA9])) >= 0;)
        {
            old[at] = 0x82;
            old[at + 1] = (byte)'s';
        }

        Assert.Equal(["a.zip!/caf\u00E9s.txt"], (await ReaderTargets.ReadAsync("a.zip", old)).Ids);
    }

    [Fact]
    public async Task Says_what_is_no_archive_and_no_word_document()
    {
        Assert.Equal(SkipKind.WrongName, Assert.Single((await ReaderTargets.ReadAsync("a.zip", "text"u8.ToArray())).Skipped).Kind);
        SkippedInput workbook = Assert.Single((await ReaderTargets.ReadAsync("a.xlsx", SampleFiles.Zip(("[Content_Types].xml", "<x/>"), ("xl/workbook.xml", "<x/>")))).Skipped);
        Assert.Equal(SkipKind.Unsupported, workbook.Kind);
        Assert.Contains("Office file that is no Word document", workbook.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copies_an_archive_in_an_archive_to_a_bounded_size_only()
    {
        byte[] noise = new byte[3 << 20];
        for (int i = 0; i < noise.Length; i++)
            noise[i] = (byte)((i * 2654435761L) >> 13);
        byte[] inner = SampleFiles.Zip(CompressionLevel.NoCompression, ("a.txt", noise));
        byte[] outer = SampleFiles.Zip(CompressionLevel.NoCompression, ("inner.zip", inner), ("b.txt", Encoding.UTF8.GetBytes("after")));

        Reading reading = await ReaderTargets.ReadAsync("a.zip", outer, new IngestOptions { MaxSpooledBytes = 1 << 20 });

        Assert.Equal(["after"], reading.Texts);
        Assert.Contains("must be read from its end", Assert.Single(reading.Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_a_large_archive_in_an_archive_through_a_temporary_file_without_a_name()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5_000_000).Select(i => (char)('a' + (i * 7919L % 104729 % 26)) + " ")));
        byte[] inner = SampleFiles.Zip(CompressionLevel.NoCompression, Enumerable.Range(0, 4).Select(i => ($"{i}.txt", text)).ToArray());
        byte[] outer = SampleFiles.Zip(CompressionLevel.NoCompression, ("inner.zip", inner));

        Reading reading = await Reading.OfAsync(_folder.Write("a.zip", outer));

        Assert.Empty(reading.Skipped);
        Assert.Equal(4, reading.Documents.Count);
        Assert.All(reading.Documents, document => Assert.True(document.Text.Span.SequenceEqual(text)));
    }

    private static byte[] Zip64(string path, byte[] content)
    {
        byte[] name = Encoding.UTF8.GetBytes(path);
        uint crc = System.IO.Hashing.Crc32.HashToUInt32(content);
        var bytes = new MemoryStream();
        var writer = new BinaryWriter(bytes);
        byte[] extra = [1, 0, 24, 0, .. BitConverter.GetBytes((long)content.Length), .. BitConverter.GetBytes((long)content.Length), .. BitConverter.GetBytes(0L)];
        writer.Write([.. "PK\u0003\u0004"u8, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. BitConverter.GetBytes(crc), 255, 255, 255, 255, 255, 255, 255, 255, (byte)name.Length, 0, 20, 0, .. name, 1, 0, 16, 0, .. extra.AsSpan(4, 16), .. content]);
        long directory = bytes.Length;
        writer.Write([.. "PK\u0001\u0002"u8, 45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. BitConverter.GetBytes(crc), 255, 255, 255, 255, 255, 255, 255, 255, (byte)name.Length, 0, 28, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, .. name, .. extra]);
        long end = bytes.Length;
        writer.Write([.. "PK\u0006\u0006"u8, .. BitConverter.GetBytes(44L), 45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. BitConverter.GetBytes(1L), .. BitConverter.GetBytes(1L), .. BitConverter.GetBytes(end - directory), .. BitConverter.GetBytes(directory)]);
        writer.Write([.. "PK\u0006\u0007"u8, 0, 0, 0, 0, .. BitConverter.GetBytes(end), 1, 0, 0, 0]);
        writer.Write([.. "PK\u0005\u0006"u8, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0]);
        return bytes.ToArray();
    }
}
