using System.Text;
using Recite.Testing.Files;

namespace Recite.Ingest.Tests.Compression;

public sealed class PackedInputTest
{
    private const string Lines = "{\"id\":\"1\",\"text\":\"one\"}\n{\"id\":\"2\",\"text\":\"two\"}\n{\"id\":\"3\",\"text\":\"three\"}\n";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Suffixes => [".gz", ".zst"];

    [Theory]
    [MemberData(nameof(Suffixes))]
    public async Task Reads_every_kind_of_file_packed(string suffix)
    {
        _folder.Write("a.txt" + suffix, Pack("Plain.", suffix));
        _folder.Write("b.md" + suffix, Pack("# Title", suffix));
        _folder.Write("c.html" + suffix, Pack("<p>Page</p>", suffix));
        _folder.Write("d.jsonl" + suffix, Pack("{\"text\":\"line\"}", suffix));

        Reading reading = await Reading.OfAsync(_folder.Path);

        Assert.Empty(reading.Skipped);
        Assert.Equal(["Plain.", "# Title", "Page", "line"], reading.Texts);
        Assert.Equal(["a.txt" + suffix, "b.md" + suffix, "c.html" + suffix, $"d.jsonl{suffix}#1"], reading.Ids);
    }

    [Theory]
    [MemberData(nameof(Suffixes))]
    public async Task Reads_all_parts_of_a_file_packed_in_parts(string suffix)
    {
        byte[] parts = [.. Pack(Lines[..30], suffix), .. Pack(Lines[30..], suffix)];
        Reading reading = await Reading.OfAsync(_folder.Write("a.jsonl" + suffix, parts));
        Assert.Equal(["one", "two", "three"], reading.Texts);
    }

    [Theory]
    [MemberData(nameof(Suffixes))]
    public async Task Tells_every_truncation_and_never_invents_text(string suffix)
    {
        byte[] whole = Pack(Lines, suffix);
        for (int length = 1; length < whole.Length; length++)
        {
            Reading reading = await Reading.OfAsync(_folder.Write("a.jsonl" + suffix, Damage.Truncate(whole, length)));

            SkippedInput skipped = Assert.Single(reading.Skipped);
            Assert.Null(skipped.Line);
            Assert.Matches("truncated|is not (gzip|Zstandard)", skipped.Reason);
            Assert.Equal(new[] { "one", "two", "three" }.Take(reading.Documents.Count), reading.Texts);
        }
    }

    [Theory]
    [MemberData(nameof(Suffixes))]
    public async Task Keeps_the_documents_before_a_truncation_and_says_how_many(string suffix)
    {
        string text = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{{\"text\":\"document {i} {i * 7919L % 104729}\"}}\n"));
        byte[] whole = Pack(text, suffix);

        Reading reading = await Reading.OfAsync(_folder.Write("a.jsonl" + suffix, Damage.Truncate(whole, whole.Length / 2)));

        Assert.InRange(reading.Documents.Count, 100, 39_999);
        Assert.Contains($"({reading.Documents.Count}) were read", Assert.Single(reading.Skipped).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Suffixes))]
    public async Task Skips_a_truncated_text_whole(string suffix)
    {
        byte[] whole = Pack("A text that was cut off while it was being packed, or while it was fetched.", suffix);
        Reading reading = await Reading.OfAsync(_folder.Write("a.txt" + suffix, Damage.Truncate(whole, whole.Length - 3)));
        Assert.Contains("truncated", reading.SingleReason(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Suffixes))]
    public async Task Never_gives_a_wrong_text_for_a_flipped_bit(string suffix)
    {
        byte[] whole = Pack("Some text, some more text, and then some.", suffix);
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            Reading reading = await Reading.OfAsync(_folder.Write("a.txt" + suffix, Damage.FlipBit(whole, bit)));
            Assert.Equal(1, reading.Documents.Count + reading.Skipped.Count + reading.Notices.Count);
            Assert.All(reading.Texts, text => Assert.Equal("Some text, some more text, and then some.", text));
        }
    }

    [Theory]
    [MemberData(nameof(Suffixes))]
    public async Task Stops_a_decompression_bomb(string suffix)
    {
        var options = new IngestOptions { MaxExpansionRatio = 100 };
        byte[] bomb = Pack(new byte[64 << 20].AsSpan(), suffix, fill: (byte)' ');

        Reading reading = await Reading.OfAsync(options, _folder.Write("a.jsonl" + suffix, bomb));

        Assert.Contains("decompression bomb", reading.SingleReason(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Suffixes))]
    public async Task Stops_at_the_limit_of_unpacked_bytes(string suffix)
    {
        Reading reading = await Reading.OfAsync(new IngestOptions { MaxUnpackedBytes = 20 }, _folder.Write("a.txt" + suffix, Pack(Lines, suffix)));
        Assert.Contains("unpacks to more than 20 bytes", reading.SingleReason(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".gz", "gzip")]
    [InlineData(".zst", "Zstandard")]
    public async Task Tells_a_name_that_claims_a_packing_the_file_has_not(string suffix, string format)
    {
        Reading reading = await Reading.OfAsync(_folder.Write("a.txt" + suffix, "not packed at all"));
        Assert.Equal($"a.txt{suffix} is not {format}, whatever its name says: rename it to what it is.", reading.SingleReason());
    }

    [Fact]
    public async Task Reads_a_packing_that_the_name_does_not_claim()
    {
        Assert.Equal(["text"], (await Reading.OfAsync(_folder.Write("a.txt", Gzip.Pack("text")))).Texts);
        Assert.Equal(["line"], (await Reading.OfAsync(_folder.Write("b.jsonl", Zstandard.Pack("{\"text\":\"line\"}")))).Texts);
    }

    [Fact]
    public async Task Refuses_a_file_that_is_packed_twice()
    {
        Reading reading = await Reading.OfAsync(_folder.Write("a.txt.gz.zst", Zstandard.Pack(Gzip.Pack("text"))));
        Assert.Contains("packed more than once", reading.SingleReason(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Suffixes))]
    public async Task Treats_a_packed_empty_file_as_an_empty_file(string suffix)
    {
        Reading reading = await Reading.OfAsync(_folder.Write("a.txt" + suffix, Pack("", suffix)));
        Assert.Empty(reading.Documents);
        Assert.Empty(reading.Skipped);
        Assert.Contains("is empty", Assert.Single(reading.Notices), StringComparison.Ordinal);
    }

    private static byte[] Pack(string text, string suffix) => Pack(Encoding.UTF8.GetBytes(text), suffix);

    private static byte[] Pack(Span<byte> bytes, string suffix, byte fill)
    {
        bytes.Fill(fill);
        return Pack(bytes, suffix);
    }

    private static byte[] Pack(ReadOnlySpan<byte> bytes, string suffix) => suffix is ".gz" ? Gzip.Pack(bytes) : Zstandard.Pack(bytes);
}
