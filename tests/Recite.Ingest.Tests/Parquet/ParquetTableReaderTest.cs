using System.Text;
using CsCheck;
using Parquet;
using Parquet.Schema;
using Recite.Ingest.Parquet;
using Recite.Ingest.Tests.Hostile;
using Recite.Testing.Files;

namespace Recite.Ingest.Tests.Parquet;

public sealed class ParquetTableReaderTest
{
    public static TheoryData<CompressionMethod> Methods => [CompressionMethod.None, CompressionMethod.Snappy, CompressionMethod.Gzip, CompressionMethod.Zstd, CompressionMethod.Brotli, CompressionMethod.Lz4Raw];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Reads_rows_of_every_row_group_and_compression(CompressionMethod method)
    {
        byte[] table = SampleFiles.Parquet(method, ["one", "two", null, "", "five"]);
        foreach (string name in new[] { "a.parquet", "a.bin", "noending" })
        {
            Reading reading = await ReaderTargets.ReadAsync(name, table);
            Assert.Empty(reading.Skipped);
            Assert.Equal(["one", "two", "five"], reading.Texts);
            Assert.Equal(["1", "2", "5"], reading.Ids);
            Assert.Equal([$"{name} row 3 has no text: there is nothing to index.", $"{name} row 4 has no text: there is nothing to index."], reading.Notices);
        }
    }

    [Fact]
    public async Task Reads_back_any_texts_that_were_written() =>
        await Gen.Select(Gen.String[Gen.Char["aé漢 \n"], 0, 30].Array[1, 60], Gen.Int[1, 20], Gen.OneOf([.. Methods.Select(row => row.Data)])).SampleAsync(async (texts, rowsOfGroup, method) =>
        {
            Reading reading = await ReaderTargets.ReadAsync("a.parquet", SampleFiles.Parquet(method, texts, rowsOfGroup));
            Assert.Empty(reading.Skipped);
            Assert.Equal(texts.Where(text => text.Length > 0), reading.Texts);
            Assert.Equal(Enumerable.Range(1, texts.Length).Where(i => texts[i - 1].Length > 0).Select(i => $"{i}"), reading.Ids);
        }, iter: 150);

    [Fact]
    public async Task Reads_columns_inside_structs_by_their_dotted_name_and_names_rows_without_id()
    {
        var schema = new ParquetSchema(new StructField("doc", new DataField<string>("body"), new DataField<string>("where")), new DataField<double>("score"));
        byte[] table = SampleFiles.Parquet(schema, CompressionMethod.Snappy, 3, 3, async (group, _, _) =>
        {
            await group.WriteAsync(schema.DataFields[0], new string?[] { "one", null, "three" });
            await group.WriteAsync(schema.DataFields[1], new string?[] { "u1", "u2", null });
            await group.WriteAsync<double>(schema.DataFields[2], new[] { 1.5, 2, 3 });
        });

        Reading reading = await ReaderTargets.ReadAsync("a.parquet", table, new IngestOptions { TextField = "doc.body", UriField = "doc.where", IdField = "score" });

        Assert.Equal(["one", "three"], reading.Texts);
        Assert.Equal(["a.parquet#1", "a.parquet#3"], reading.Ids);
        Assert.Equal(["u1", "a.parquet#3"], reading.Documents.Select(document => document.Uri));
        Assert.Contains("row 2 has no text", Assert.Single(reading.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_which_columns_there_are_and_what_is_no_text()
    {
        byte[] table = SampleFiles.Parquet(CompressionMethod.Snappy, ["one"]);
        Assert.Equal(
            "a.parquet has no column \"body\" (\"text\", \"id\"): name the column that holds the text (--text-field).",
            (await ReaderTargets.ReadAsync("a.parquet", table, new IngestOptions { TextField = "body" })).SingleReason());
        SkippedInput skipped = Assert.Single((await ReaderTargets.ReadAsync("a.parquet", table, new IngestOptions { TextField = "id" })).Skipped);
        Assert.Equal(SkipKind.NoSuchField, skipped.Kind);
        Assert.Contains("no text in its column \"id\" but values of type Int64", skipped.Reason, StringComparison.Ordinal);

        var schema = new ParquetSchema(new ListField("tags", new DataField<string>("element")));
        byte[] lists = SampleFiles.Parquet(schema, CompressionMethod.None, 1, 1, async (group, _, _) =>
            await group.WriteAsync(schema.DataFields[0], new[] { "a", "b" }, new[] { 0, 1 }));
        Assert.Contains("but lists", (await ReaderTargets.ReadAsync("a.parquet", lists, new IngestOptions { TextField = "tags.list.element" })).SingleReason(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Leaves_out_a_row_group_that_unpacks_to_too_much_and_reads_the_others(CompressionMethod method)
    {
        byte[] table = SampleFiles.Parquet(method, ["one", "two", new string('x', 200_000), "four", "five"]);

        Reading reading = await ReaderTargets.ReadAsync("a.parquet", table, new IngestOptions { MaxParquetColumnBytes = 50_000 });

        Assert.Equal(["one", "two", "five"], reading.Texts);
        Assert.Equal(["1", "2", "5"], reading.Ids);
        SkippedInput skipped = Assert.Single(reading.Skipped);
        Assert.Equal(SkipKind.Limit, skipped.Kind);
        Assert.StartsWith("a.parquet row group 2 unpacks to more than", skipped.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skips_a_text_that_is_too_long()
    {
        byte[] table = SampleFiles.Parquet(CompressionMethod.Zstd, ["one", new string('x', 3000), "three"], rowsOfGroup: 3);
        Reading reading = await ReaderTargets.ReadAsync("a.parquet", table, new IngestOptions { MaxDocumentBytes = 2000 });
        Assert.Equal(["one", "three"], reading.Texts);
        Assert.Equal(2, Assert.Single(reading.Skipped).Line);
    }

    [Fact]
    public async Task A_page_that_unpacks_to_more_than_it_says_is_damage()
    {
        // The header of the one page of texts says how long it is unpacked; made smaller it must not be believed.
        byte[] table = SampleFiles.Parquet(CompressionMethod.Gzip, [new string('x', 1000)]);
        byte[] claim = [0x15, .. Zigzag(1008)];
        int at = table.AsSpan().IndexOf(claim);
        for (int length = 1000; at < 0 && length < 1020; length++)
        {
            claim = [0x15, .. Zigzag(length)];
            at = table.AsSpan().IndexOf(claim);
        }

        Assert.True(at > 0);
        table[at + 1] = 0x80;
        table[at + 2] = 0x01;

        Assert.Equal(SkipKind.Damaged, Assert.Single((await ReaderTargets.ReadAsync("a.parquet", table)).Skipped).Kind);
    }

    [Fact]
    public async Task Says_what_is_no_table_or_cut_or_encrypted_or_a_pointer()
    {
        byte[] table = SampleFiles.Parquet(CompressionMethod.Snappy, ["one"]);
        Assert.Equal(SkipKind.WrongName, await KindAsync(Encoding.UTF8.GetBytes("just text")));
        Assert.Equal(SkipKind.Damaged, await KindAsync(Damage.Truncate(table, table.Length - 3)));
        Assert.Equal(SkipKind.Encrypted, await KindAsync([.. "PARE"u8, .. table.AsSpan(4, table.Length - 8), .. "PARE"u8]));
        Assert.Equal(SkipKind.Unreadable, await KindAsync("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n"u8.ToArray()));
    }

    [Fact]
    public void The_walk_over_thrift_ends_on_any_bytes() => Gen.Byte.Array[0, 300].Sample(bytes =>
    {
        var thrift = new ThriftReader(bytes);
        bool isWhole = thrift.TrySkipStruct();
        return !isWhole || thrift.Position <= bytes.Length;
    });

    [Theory]
    [InlineData(new byte[] { 0x19, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F }, false)]   // a list of four billion structs
    [InlineData(new byte[] { 0x18, 0xFF, 0xFF, 0xFF, 0xFF, 0x07 }, false)]         // a string of two gigabytes
    [InlineData(new byte[] { 0x15, 0x02, 0x16, 0x04, 0x18, 0x01, 0x61, 0x00 }, true)]
    [InlineData(new byte[] { 0x15, 0x02 }, false)]
    public void The_walk_over_thrift_believes_no_count(byte[] bytes, bool isWhole) => Assert.Equal(isWhole, new ThriftReader(bytes).TrySkipStruct());

    [Fact]
    public void The_walk_over_thrift_is_no_deeper_than_it_may_be()
    {
        byte[] deep = [.. Enumerable.Repeat((byte)0x1C, 1_000_000), .. new byte[1_000_001]];
        Assert.False(new ThriftReader(deep).TrySkipStruct());
    }

    private static async Task<SkipKind> KindAsync(byte[] content) => Assert.Single((await ReaderTargets.ReadAsync("a.parquet", content)).Skipped).Kind;

    private static byte[] Zigzag(int value) => [(byte)((value * 2 & 0x7F) | 0x80), (byte)(value * 2 >> 7)];
}
