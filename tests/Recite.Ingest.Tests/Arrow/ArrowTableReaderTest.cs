using System.Buffers.Binary;
using Apache.Arrow;
using CsCheck;
using Recite.Ingest.Tests.Hostile;

namespace Recite.Ingest.Tests.Arrow;

public sealed class ArrowTableReaderTest
{
    [Fact]
    public async Task Reads_rows_of_every_batch_of_streams_and_files_under_any_name()
    {
        string?[] texts = ["one", "two", null, "", "five"];
        foreach (byte[] table in new[] { ArrowFiles.Stream(texts, 2), ArrowFiles.File(texts, 3), ArrowFiles.Stream(texts, 9) })
        {
            foreach (string name in new[] { "a.arrow", "a.bin", "noending" })
            {
                Reading reading = await ReaderTargets.ReadAsync(name, table);
                Assert.Empty(reading.Skipped);
                Assert.Equal(["one", "two", "five"], reading.Texts);
                Assert.Equal(["1", "2", "5"], reading.Ids);
                Assert.Equal([$"{name} row 3 has no text: there is nothing to index.", $"{name} row 4 has no text: there is nothing to index."], reading.Notices);
            }
        }
    }

    [Fact]
    public async Task Reads_back_any_texts_that_were_written() =>
        await Gen.Select(Gen.String[Gen.Char["aé漢 \n"], 0, 30].Array[1, 60], Gen.Int[1, 20], Gen.Bool).SampleAsync(async (texts, rowsOfBatch, isFile) =>
        {
            Reading reading = await ReaderTargets.ReadAsync("a.arrow", isFile ? ArrowFiles.File(texts, rowsOfBatch) : ArrowFiles.Stream(texts, rowsOfBatch));
            Assert.Empty(reading.Skipped);
            Assert.Equal(texts.Where(text => text.Length > 0), reading.Texts);
            Assert.Equal(Enumerable.Range(1, texts.Length).Where(i => texts[i - 1].Length > 0).Select(i => $"{i}"), reading.Ids);
        }, iter: 150);

    [Fact]
    public async Task Reads_parts_of_structs_and_long_values_and_names_from_other_columns()
    {
        string long1 = new('x', 300_000), long2 = new('y', 200_000);
        byte[] table = ArrowFiles.Stream(["one", "two"], 2);
        Reading part = await ReaderTargets.ReadAsync("a.arrow", table, new IngestOptions { TextField = "pair.b", IdField = "pair.a" });
        Assert.Equal(["b one", "b two"], part.Texts);
        Assert.Equal(["0", "1"], part.Ids);

        Reading named = await ReaderTargets.ReadAsync("a.arrow", ArrowFiles.Batch(("url", ArrowFiles.Strings("u1", null, "u3")), ("text", ArrowFiles.Strings(long1, "short", long2))));
        Assert.Equal([long1, "short", long2], named.Texts);
        Assert.Equal(["u1", "a.arrow#2", "u3"], named.Documents.Select(document => document.Uri));
    }

    [Fact]
    public async Task Says_which_columns_there_are_and_what_is_no_text()
    {
        byte[] table = ArrowFiles.Stream(["one"], 1);
        Assert.Equal(
            "a.arrow has no column \"body\" (\"score\", \"flags\", \"pair\", \"text\", \"id\"): name the column that holds the text (--text-field).",
            (await ReaderTargets.ReadAsync("a.arrow", table, new IngestOptions { TextField = "body" })).SingleReason());
        Assert.Contains("values of type Int:", (await ReaderTargets.ReadAsync("a.arrow", table, new IngestOptions { TextField = "id" })).SingleReason(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skips_rows_that_are_too_long_or_no_text()
    {
        BinaryArray bytes = new BinaryArray.Builder().Append("one"u8).Append([0xFF, 0xFE, 0x00]).Append("three"u8).Build();
        Reading broken = await ReaderTargets.ReadAsync("a.arrow", ArrowFiles.Batch(("text", bytes)));
        Assert.Equal(["one", "three"], broken.Texts);
        Assert.Equal("a.arrow row 2 is not UTF-8: the row was skipped.", Assert.Single(broken.Skipped).Reason);

        Reading tooLong = await ReaderTargets.ReadAsync("a.arrow", ArrowFiles.Stream(["one", new string('x', 3000)], 2), new IngestOptions { MaxDocumentBytes = 2000 });
        Assert.Equal(["one"], tooLong.Texts);
        Assert.Equal((2L, SkipKind.Record), (Assert.Single(tooLong.Skipped).Line, tooLong.Skipped[0].Kind));
    }

    [Fact]
    public async Task Believes_no_length()
    {
        byte[] table = ArrowFiles.Stream(["one", "two"], 2);
        foreach (int claim in new[] { int.MaxValue, int.MinValue, 16 << 20, -8 })
        {
            byte[] copy = [.. table];
            BinaryPrimitives.WriteInt32LittleEndian(copy.AsSpan(4), claim);
            Assert.Contains(Assert.Single((await ReaderTargets.ReadAsync("a.arrow", copy)).Skipped).Kind, (SkipKind[])[SkipKind.Damaged, SkipKind.WrongName]);
        }

        Assert.Equal(SkipKind.WrongName, Assert.Single((await ReaderTargets.ReadAsync("a.arrow", "just text"u8.ToArray())).Skipped).Kind);
        Assert.Equal(SkipKind.Damaged, Assert.Single((await ReaderTargets.ReadAsync("a.arrow", table[..^40])).Skipped).Kind);
    }
}
