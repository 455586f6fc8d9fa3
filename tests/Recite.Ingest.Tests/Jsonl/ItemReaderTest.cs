using System.Text;
using Recite.Indexing;
using Recite.Ingest.Jsonl;

namespace Recite.Ingest.Tests.Jsonl;

public sealed class ItemReaderTest
{
    [Fact]
    public async Task Reads_every_field_by_itself_with_the_id_and_the_line()
    {
        List<Item> items = await ReadAsync("""
            {"id": "q1", "question": "What?", "meta": {"answer": "This \u00e9."}}

            {"question": "Who?", "meta": {"answer": 7}}
            """, "question", "meta.answer");
        Assert.Equal(["q1", "set.jsonl#3"], items.Select(item => item.Id));
        Assert.Equal([1, 3], items.Select(item => item.Line));
        Assert.All(items, item => Assert.Null(item.Problem));
        Assert.Equal(["What?", "This é."], items[0].Fields.Select(field => Encoding.UTF8.GetString(field.Text.Span)));
        Assert.Null(items[1].Fields[0].Problem);
        Assert.Contains("a number", items[1].Fields[1].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_without_any_of_the_fields_say_why()
    {
        List<Item> items = await ReadAsync("{\"text\": \"x\"}\n[1]\nnot json\n", "question", "answer");
        Assert.Equal(3, items.Count);
        Assert.Contains("question", items[0].Problem, StringComparison.Ordinal);
        Assert.Contains("a list", items[1].Problem, StringComparison.Ordinal);
        Assert.Contains("not valid JSON", items[2].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over_and_what_is_not_UTF_8_is_told()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. "{\"text\": \"a\"}\n{\"text\": \""u8, 0xE9, .. "\"}"u8];
        var items = new List<Item>();
        await foreach (Item item in new ItemReader(["text"], new IngestOptions()).ReadAsync(new MemoryStream(bytes), "s", TestContext.Current.CancellationToken))
            items.Add(item);
        Assert.Null(items[0].Problem);
        Assert.Equal("is not UTF-8", items[1].Problem);
    }

    [Fact]
    public async Task A_line_longer_than_allowed_is_told_and_the_next_one_is_read()
    {
        string longLine = "{\"text\": \"" + new string('x', 3000) + "\"}\n";
        var items = new List<Item>();
        var reader = new ItemReader(["text"], new IngestOptions { MaxDocumentBytes = 1000 });
        await foreach (Item item in reader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(longLine + "{\"text\": \"a\"}")), "s", TestContext.Current.CancellationToken))
            items.Add(item);
        Assert.Contains("longer", items[0].Problem, StringComparison.Ordinal);
        Assert.Null(items[1].Problem);
    }

    [Fact]
    public void Fields_must_be_named_each_once()
    {
        Assert.Throws<ReciteException>(() => new ItemReader([], new IngestOptions()));
        Assert.Throws<ReciteException>(() => new ItemReader(["a", "a"], new IngestOptions()));
        Assert.Throws<ReciteException>(() => new ItemReader([""], new IngestOptions()));
    }

    private static async Task<List<Item>> ReadAsync(string lines, params string[] fields)
    {
        var items = new List<Item>();
        await foreach (Item item in new ItemReader(fields, new IngestOptions()).ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines)), "set.jsonl", TestContext.Current.CancellationToken))
            items.Add(item);
        return items;
    }
}
