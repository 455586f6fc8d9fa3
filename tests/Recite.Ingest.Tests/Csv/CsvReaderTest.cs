using System.Text;
using CsCheck;
using Recite.Ingest.Tests.Hostile;

namespace Recite.Ingest.Tests.Csv;

public sealed class CsvReaderTest
{
    [Fact]
    public async Task Reads_text_id_and_url_of_each_row_and_names_the_others_by_line()
    {
        Reading reading = await ReadAsync("id,text,url\r\n1,one,https://example.org/1\r\n,\"two, with a comma\",\r\n3,\"three \"\"quoted\"\"\nlines\",u\n4,four");

        Assert.Empty(reading.Skipped);
        Assert.Equal(["one", "two, with a comma", "three \"quoted\"\nlines", "four"], reading.Texts);
        Assert.Equal(["1", "a.csv#3", "3", "4"], reading.Ids);
        Assert.Equal(["https://example.org/1", "a.csv#3", "u", "4"], reading.Documents.Select(document => document.Uri));
    }

    [Theory]
    [InlineData("a;text;b\n1;with, comma;2\n", "with, comma")]
    [InlineData("a\ttext\n1\tone; two\n", "one; two")]
    [InlineData("text|b\nsaid|2\n", "said")]
    public async Task Finds_the_delimiter_by_the_header(string table, string text) => Assert.Equal([text], (await ReadAsync(table)).Texts);

    [Fact]
    public async Task Reads_tab_separated_values_without_quoting()
    {
        Reading reading = await ReaderTargets.ReadAsync("a.tsv", "text\tn\n\"Hello,\" he said\t1\nnext\t2\n\"whole\"\t3\n"u8.ToArray());
        Assert.Equal(3, reading.Documents.Count);
        Assert.Equal("next", reading.Texts.ElementAt(1));
        Assert.Equal("whole", reading.Texts.ElementAt(2));
    }

    [Fact]
    public async Task Says_which_columns_there_are_when_the_text_is_not_among_them()
    {
        SkippedInput skipped = Assert.Single((await ReadAsync("id,body,title\n1,2,3\n")).Skipped);
        Assert.Equal(SkipKind.NoSuchField, skipped.Kind);
        Assert.Equal("a.csv has no column \"text\" in its first line (\"id\", \"body\", \"title\"): name the column that holds the text (--text-field).", skipped.Reason);
        Assert.Equal(["2"], (await ReaderTargets.ReadAsync("a.csv", "id,body,title\n1,2,3\n"u8.ToArray(), new IngestOptions { TextField = "body" })).Texts);
    }

    [Fact]
    public async Task Skips_short_rows_and_unclosed_quotes_with_their_lines()
    {
        Reading reading = await ReadAsync("id,text\n1,one\n2\n3,\"a\nb\"\n4,\"never closed\n5,five\n");
        Assert.Equal(["one", "a\nb"], reading.Texts);
        Assert.Equal([3L, 6L], reading.Skipped.Select(skipped => skipped.Line!.Value));
        Assert.All(reading.Skipped, skipped => Assert.Equal(SkipKind.Record, skipped.Kind));
    }

    [Fact]
    public async Task Passes_over_a_row_that_is_too_long_without_holding_it()
    {
        string table = "text\nshort\n" + new string('x', 5_000_000) + "\nafter\n";
        Reading reading = await ReaderTargets.ReadAsync("a.csv", Encoding.UTF8.GetBytes(table));
        Assert.Equal(["short", "after"], reading.Texts);
        Assert.Equal(3, Assert.Single(reading.Skipped).Line);
    }

    [Fact]
    public async Task A_row_of_a_million_commas_costs_what_its_bytes_cost()
    {
        Reading reading = await ReadAsync("text\n" + new string(',', 900_000) + "\nafter\n");
        Assert.Equal(["after"], reading.Texts);
        Assert.Contains("empty text", Assert.Single(reading.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_utf_16_and_windows_1252_tables()
    {
        foreach ((Encoding encoding, string name) in new[] { (Encoding.Unicode, "utf-16le"), (Encoding.BigEndianUnicode, "utf-16be"), (Encoding.Latin1, "iso-8859-1") })
        {
            Reading reading = await ReaderTargets.ReadAsync("a.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes("id,text\n1,\"Grüße, aus dem Café\"\n")]);
            Assert.Equal(["Grüße, aus dem Café"], reading.Texts);
            Assert.Equal(name, reading.Documents[0].Encoding);
        }
    }

    [Fact]
    public async Task Reads_back_any_table_that_is_written_by_the_book() =>
        await Gen.String[Gen.Char["ab,;\"\n\r\t é"], 0, 12].Array[1, 20].SampleAsync(async (texts) =>
        {
            string table = "n,text\r\n" + string.Concat(texts.Select((text, i) => $"{i},\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\r\n"));
            Reading reading = await ReadAsync(table);
            Assert.Empty(reading.Skipped);
            Assert.Equal(texts.Where(text => text.Length > 0), reading.Texts);
        }, iter: 500);

    [Fact]
    public async Task Splits_any_bytes_as_a_reader_does_that_looks_at_one_after_the_other() =>
        await Gen.Char["a,\"\n"].Array[0, 60].SampleAsync(async (chars) =>
        {
            string rows = new(chars);
            Reading reading = await ReadAsync("text,n\n" + rows);
            Assert.Equal(Naive(rows), reading.Texts);
        }, iter: 3000);

    private static Task<Reading> ReadAsync(string table) => ReaderTargets.ReadAsync("a.csv", Encoding.UTF8.GetBytes(table));

    // The first field of each row, by the rules of RFC 4180 and nothing clever; empty ones are no documents, nor is a row whose
    // quotes stay open.
    private static List<string> Naive(string rows)
    {
        var first = new List<string>();
        int at = 0;
        while (at < rows.Length)
        {
            var text = new StringBuilder();
            bool isFirst = true, isQuoted = false, isStart = true;
            while (at < rows.Length && (isQuoted || rows[at] != '\n'))
            {
                char c = rows[at++];
                bool isPair = isQuoted && c == '"' && at < rows.Length && rows[at] == '"';
                if (isPair)
                    at++;
                bool isMark = !isPair && c == '"' && (isQuoted || isStart);
                bool isEnd = c == ',' && !isQuoted;
                isQuoted ^= isMark;
                if (isFirst && !isMark && !isEnd)
                    text.Append(c);
                isFirst &= !isEnd;
                isStart = isEnd;
            }

            at++;
            if (text.Length > 0 && !isQuoted)
                first.Add(text.ToString());
        }

        return first;
    }
}
