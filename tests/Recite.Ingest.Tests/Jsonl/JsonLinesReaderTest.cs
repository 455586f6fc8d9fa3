using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Recite.Testing.Files;

namespace Recite.Ingest.Tests.Jsonl;

public sealed class JsonLinesReaderTest
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Reads_text_id_and_url()
    {
        string path = _folder.Write("a.jsonl", """
            {"id":"one","text":"First.","url":"https://example.org/1"}
            {"text":"Second.\nLine","other":[1,{"text":"no"}]}

            {"id":3,"text":"Third \u00e9\ud83d\ude00"}
            {"id":"","url":null,"text":"Fourth"}
            {"id":{"a":[1, 2]},"text":"Fifth"}
            """);

        Reading reading = await Reading.OfAsync(path);

        Assert.Empty(reading.Skipped);
        Assert.Equal(["one", "a.jsonl#2", "3", "a.jsonl#5", """{"a":[1, 2]}"""], reading.Ids);
        Assert.Equal(["https://example.org/1", "a.jsonl#2", "3", "a.jsonl#5", """{"a":[1, 2]}"""], reading.Documents.Select(document => document.Uri));
        Assert.Equal(["First.", "Second.\nLine", "Third é😀", "Fourth", "Fifth"], reading.Texts);
    }

    [Fact]
    public async Task Reads_fields_by_option_inside_objects_and_by_their_dotted_name()
    {
        string path = _folder.Write("a.jsonl", """
            {"doc":{"body":"inner","key":"k1"},"text":"no"}
            {"doc.body":"dotted","doc":{"body":"inner"},"doc.key":"k2"}
            {"doc":7,"text":"no"}
            """);

        Reading reading = await Reading.OfAsync(new IngestOptions { TextField = "doc.body", IdField = "doc.key" }, path);

        Assert.Equal(["inner", "dotted"], reading.Texts);
        Assert.Equal(["k1", "k2"], reading.Ids);
        Assert.Equal(3, Assert.Single(reading.Skipped).Line);
    }

    [Fact]
    public async Task Skips_and_tells_each_bad_line_and_goes_on()
    {
        string path = _folder.Write("a.jsonl", """
            {"text":"good 1"}
            {"text":"cut off
            {"title":"no text"}
            {"text":42}
            ["text"]
            {"text":"good 2"} trailing
            {"text":"good 3"}
            """);

        Reading reading = await Reading.OfAsync(path);

        Assert.Equal(["good 1", "good 3"], reading.Texts);
        Assert.Equal([2, 3, 4, 5, 6], reading.Skipped.Select(skipped => skipped.Line!.Value));
        Assert.All(reading.Skipped, skipped => Assert.StartsWith($"a.jsonl line {skipped.Line} ", skipped.Reason, StringComparison.Ordinal));
        Assert.Contains("not valid JSON at byte", reading.Skipped[0].Reason, StringComparison.Ordinal);
        Assert.Contains("no field \"text\"", reading.Skipped[1].Reason, StringComparison.Ordinal);
        Assert.Contains("a number", reading.Skipped[2].Reason, StringComparison.Ordinal);
        Assert.Contains("a list, not an object", reading.Skipped[3].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skips_a_line_that_is_too_long_without_holding_it_and_reads_the_next()
    {
        string huge = $$"""{"text":"{{new string('x', 5_000_000)}}"}""";
        string path = _folder.Write("a.jsonl", $$"""
            {"text":"before"}
            {{huge}}
            {"text":"after"}
            {{huge}}
            """);

        Reading reading = await Reading.OfAsync(new IngestOptions { MaxDocumentBytes = 1000 }, path);

        Assert.Equal(["before", "after"], reading.Texts);
        Assert.Equal([2, 4], reading.Skipped.Select(skipped => skipped.Line!.Value));
        Assert.Contains("longer than 1000 bytes", reading.Skipped[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_a_line_of_exactly_the_longest_length()
    {
        string line = """{"text":"abc"}""";
        string path = _folder.Write("a.jsonl", $"{line}\n{line} \n");

        Reading reading = await Reading.OfAsync(new IngestOptions { MaxDocumentBytes = line.Length }, path);

        Assert.Equal(["abc"], reading.Texts);
        Assert.Equal(2, Assert.Single(reading.Skipped).Line);
    }

    [Fact]
    public async Task Reads_a_line_longer_than_the_first_buffer()
    {
        string text = string.Concat(Enumerable.Range(0, 700_000).Select(i => (char)('a' + (i % 26)))) + "ü";
        string path = _folder.Write("a.jsonl", JsonSerializer.Serialize(new { text = text + text }) + "\n" + JsonSerializer.Serialize(new { text }));

        Reading reading = await Reading.OfAsync(path);

        Assert.Equal([text + text, text], reading.Texts);
    }

    [Fact]
    public async Task Replaces_half_a_surrogate_pair()
    {
        string path = _folder.Write("a.jsonl", """
            {"text":"a\ud800b\udc00c\ud800\ud83d\ude00\ud83d","id":"x\ud800"}
            """);

        Reading reading = await Reading.OfAsync(path);

        Assert.Equal("a\uFFFDb\uFFFDc\uFFFD😀\uFFFD", Assert.Single(reading.Texts));
        Assert.Equal("x\uFFFD", Assert.Single(reading.Ids));
    }

    [Fact]
    public async Task The_last_of_two_fields_of_one_name_counts()
    {
        string path = _folder.Write("a.jsonl", """
            {"text":"first","\u0074ext":"second","id":"a","id":"b"}
            {"text":"first","text":null}
            """);

        Reading reading = await Reading.OfAsync(path);

        Assert.Equal(["second"], reading.Texts);
        Assert.Equal(["b"], reading.Ids);
        Assert.Single(reading.Skipped);
    }

    [Fact]
    public async Task Reads_what_JsonDocument_reads()
    {
        Gen<string> name = Gen.OneOf("text", "id", "url", "other", "a.b", "te\"xt", "\u00e9\\");
        Gen<JsonNode?> leaf = Gen.OneOf(
            Gen.String.Select(text => (JsonNode?)JsonValue.Create(text)),
            Gen.Int.Select(number => (JsonNode?)JsonValue.Create(number)),
            Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag)),
            Gen.Const((JsonNode?)null));
        Gen<string> line = Gen.Select(name, leaf).Array[0, 6].Select(fields =>
        {
            var json = new JsonObject { ["text"] = "default" };
            foreach ((string key, JsonNode? value) in fields)
                json[key] = value?.DeepClone();
            return json.ToJsonString();
        });
        await Gen.Select(line.Array[1, 20], Gen.Bool).SampleAsync(async (lines, ends) =>
        {
            Reading reading = await Reading.OfStandardInputAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines) + (ends ? "\n" : "")));
            var expected = new List<string>();
            foreach (string one in lines)
            {
                using var document = JsonDocument.Parse(one);
                JsonElement text = document.RootElement.GetProperty("text");
                if (text.ValueKind == JsonValueKind.String && text.GetString()!.Length > 0)
                    expected.Add(text.GetString()!);
            }

            Assert.Equal(expected, reading.Texts);
        }, iter: 300);
    }

    [Theory]
    [InlineData("list.json", "[{\"text\":\"a\"},\n{\"text\":\"b\"}]")]
    [InlineData("list.jsonl", "\n [{\"text\":\"a\"}]")]
    [InlineData("pretty.json", "{\n  \"text\": \"a\"\n}\n")]
    public async Task Refuses_other_json_in_one_sentence(string name, string content)
    {
        Reading reading = await Reading.OfAsync(_folder.Write(name, content));

        Assert.StartsWith($"{name} is JSON but not JSON Lines", reading.SingleReason(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_json_lines_that_are_called_json()
    {
        Reading reading = await Reading.OfAsync(_folder.Write("c4.json", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n"));
        Assert.Equal(["c4.json#1", "c4.json#2"], reading.Ids);
    }

    [Fact]
    public async Task Gives_a_file_up_that_starts_with_too_many_bad_lines()
    {
        string bad = string.Concat(Enumerable.Repeat("{\"body\":\"x\"}\n", 12_000));
        Reading reading = await Reading.OfAsync(_folder.Write("a.jsonl", bad + "{\"text\":\"never reached\"}\n"));

        Assert.Empty(reading.Documents);
        Assert.Equal(10_001, reading.Skipped.Count);
        Assert.Contains("no document in its first 10000 lines", reading.Skipped[^1].Reason, StringComparison.Ordinal);
        Assert.Null(reading.Skipped[^1].Line);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reads_utf_16(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("{\"text\":\"Ünï\"}\r\n{\"text\":\"two\"}\r\n")];

        Reading reading = await Reading.OfAsync(_folder.Write("a.jsonl", bytes));

        Assert.Empty(reading.Skipped);
        Assert.Equal(["Ünï", "two"], reading.Texts);
        Assert.Equal(bigEndian ? "utf-16be" : "utf-16le", reading.Documents[0].Encoding);
    }

    [Fact]
    public async Task Reads_past_a_byte_order_mark()
    {
        Reading reading = await Reading.OfAsync(_folder.Write("a.jsonl", "\uFEFF{\"text\":\"one\"}\r\n"));
        Assert.Equal("one", Reading.Text(reading.Single()));
    }

    [Fact]
    public async Task Reads_latin_1_lines_and_says_so_once()
    {
        byte[] bytes = Encoding.Latin1.GetBytes("{\"text\":\"plain\"}\n{\"text\":\"café\"}\n{\"text\":\"Grüße\"}\n");

        Reading reading = await Reading.OfAsync(_folder.Write("a.jsonl", bytes));

        Assert.Equal(["plain", "café", "Grüße"], reading.Texts);
        Assert.Equal(["utf-8", "iso-8859-1", "iso-8859-1"], reading.Documents.Select(document => document.Encoding));
        Assert.Contains("a.jsonl line 2", Assert.Single(reading.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_repeated_ids_apart_and_says_so()
    {
        string path = _folder.Write("a.jsonl", """
            {"id":"x","text":"1"}
            {"id":"x~2","text":"2"}
            {"id":"x","text":"3"}
            {"id":"x","text":"4"}
            """);

        Reading reading = await Reading.OfAsync(path);

        Assert.Equal(["x", "x~2", "x~3", "x~4"], reading.Ids);
        Assert.Equal(2, reading.Notices.Count);
        Assert.Contains("x~3", reading.Notices[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passes_over_an_empty_text_with_a_notice()
    {
        Reading reading = await Reading.OfAsync(_folder.Write("a.jsonl", "{\"text\":\"\"}\n{\"text\":\"a\"}\n"));

        Assert.Equal("a", Reading.Text(reading.Single()));
        Assert.Contains("empty text", Assert.Single(reading.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_a_document_after_its_line_when_the_id_is_absurdly_long()
    {
        Reading reading = await Reading.OfAsync(_folder.Write("a.jsonl", $$"""{"text":"a","id":"{{new string('i', 5000)}}"}"""));
        Assert.Equal("a.jsonl#1", reading.Single().Id);
    }

    [Fact]
    public async Task Skips_a_line_that_is_nested_too_deep()
    {
        string deep = new string('[', 100_000);
        Reading reading = await Reading.OfAsync(_folder.Write("a.jsonl", $"{{\"x\":{deep},\"text\":\"a\"}}\n{{\"text\":\"b\"}}\n"));

        Assert.Equal(["b"], reading.Texts);
        Assert.Equal(1, Assert.Single(reading.Skipped).Line);
    }
}
