using System.Formats.Tar;
using System.Text;
using Recite.Ingest.Tests.Hostile;
using Recite.Testing.Files;

namespace Recite.Ingest.Tests.Tar;

public sealed class TarContainerTest
{
    private const string Prose = SampleFiles.Prose;

    private static readonly string LongPath = string.Join('/', Enumerable.Range(0, 20).Select(i => $"folder number {i}")) + "/a.txt";

    public static TheoryData<TarEntryFormat> Formats => [TarEntryFormat.Pax, TarEntryFormat.Gnu, TarEntryFormat.Ustar, TarEntryFormat.V7];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Reads_every_format_under_any_name(TarEntryFormat format)
    {
        byte[] tar = SampleFiles.Tar(format, ("docs/a.txt", Prose), ("b.html", "<p>Page</p>"), ("c.jsonl", "{\"text\":\"line\"}\n"));
        foreach (string name in new[] { "a.tar", "a.bin", "noending" })
        {
            Reading reading = await ReaderTargets.ReadAsync(name, tar);
            Assert.Empty(reading.Skipped);
            Assert.Equal([Prose, "Page", "line"], reading.Texts);
            Assert.Equal([$"{name}!/docs/a.txt", $"{name}!/b.html", $"{name}!/c.jsonl#1"], reading.Ids);
        }
    }

    [Theory]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public async Task Reads_long_paths(TarEntryFormat format) =>
        Assert.Equal(["a.tar!/" + LongPath], (await ReaderTargets.ReadAsync("a.tar", SampleFiles.Tar(format, (LongPath, Prose)))).Ids);

    [Theory]
    [InlineData("a.tar.gz")]
    [InlineData("a.tgz")]
    [InlineData("a.tar.zst")]
    [InlineData("a.tzst")]
    public async Task Reads_packed_archives(string name)
    {
        byte[] tar = SampleFiles.Tar(TarEntryFormat.Pax, ("a.txt", Prose));
        byte[] packed = name.EndsWith("gz", StringComparison.Ordinal) ? Gzip.Pack(tar) : Zstandard.Pack(tar);
        Assert.Equal([$"{name}!/a.txt"], (await ReaderTargets.ReadAsync(name, packed)).Ids);
    }

    [Fact]
    public async Task Tells_an_archive_that_lost_its_end_at_a_border_of_files()
    {
        byte[] tar = SampleFiles.Tar(TarEntryFormat.Ustar, ("a.txt", Prose), ("b.txt", Prose));

        // Two blocks a file; without the mark of the end nobody knows whether b.txt was the last.
        Reading reading = await ReaderTargets.ReadAsync("a.tar", tar[..2048]);

        Assert.Equal(2, reading.Documents.Count);
        Assert.Equal("a.tar is a tar archive that is truncated: fetch or pack it again. The files before that (2) were read.", Assert.Single(reading.Skipped).Reason);
    }

    [Fact]
    public async Task Leaves_out_links_and_says_so()
    {
        using var packed = new MemoryStream();
        using (var tar = new TarWriter(packed, TarEntryFormat.Pax, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "link.txt") { LinkName = "/etc/passwd" });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "folder"));
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "a.txt") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(Prose)) });
        }

        Reading reading = await ReaderTargets.ReadAsync("a.tar", packed.ToArray());

        Assert.Equal(["a.tar!/a.txt"], reading.Ids);
        Assert.Contains("a.tar!/link.txt is a link", Assert.Single(reading.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_believe_the_size_that_an_extended_header_claims()
    {
        byte[] tar = SampleFiles.Tar(TarEntryFormat.Pax, (LongPath, Prose));
        Encoding.ASCII.GetBytes("77777777777").CopyTo(tar, 124);
        FixChecksum(tar);

        Reading reading = await ReaderTargets.ReadAsync("a.tar", tar);

        Assert.Equal(SkipKind.Limit, Assert.Single(reading.Skipped).Kind);
        Assert.Empty(reading.Documents);
    }

    [Fact]
    public async Task Says_what_is_no_archive()
    {
        Assert.Equal(SkipKind.WrongName, Assert.Single((await ReaderTargets.ReadAsync("a.tar", "just some text"u8.ToArray())).Skipped).Kind);
        Assert.Contains("holds no file", Assert.Single((await ReaderTargets.ReadAsync("a.tar", new byte[10240])).Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_a_file_in_an_archive_as_it_reads_the_file()
    {
        foreach ((string name, byte[] content) in SampleFiles.All)
        {
            using var packed = new MemoryStream();
            using (var tar = new TarWriter(packed, TarEntryFormat.Pax, leaveOpen: true))
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });

            Reading alone = await ReaderTargets.ReadAsync(name, content);
            Reading inside = await ReaderTargets.ReadAsync("a.tar", packed.ToArray());

            Assert.Empty(inside.Skipped);
            Assert.Equal(alone.Texts, inside.Texts);
        }
    }

    private static void FixChecksum(byte[] tar)
    {
        tar.AsSpan(148, 8).Fill((byte)' ');
        int sum = 0;
        foreach (byte b in tar.AsSpan(0, 512))
            sum += b;
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, 148);
    }
}
