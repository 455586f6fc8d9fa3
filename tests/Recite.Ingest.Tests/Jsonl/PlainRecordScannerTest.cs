using System.Text;
using System.Text.Unicode;
using CsCheck;
using Recite.Ingest.Jsonl;

namespace Recite.Ingest.Tests.Jsonl;

/// <summary>The scanner of plain lines says nothing, or what the reader of tokens says, whose verdict counts.</summary>
public sealed class PlainRecordScannerTest
{
    private static readonly IngestOptions[] s_options =
    [
        new(),
        new() { TextField = "a.b", IdField = "a", UriField = "id" },
        new() { TextField = "text", IdField = "text", UriField = "a.b.c" },
    ];

    private static readonly Gen<string> s_blank = Among("", "", "", " ", "\t", "\r", "  \n ");

    // Long enough to meet vectors at each of their places, with what a vector must stop at anywhere in it.
    private static readonly Gen<string> s_string = Gen.OneOf(
        Among("a", "bc", "def and more than a few words", "ü", "漢", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\b\\f\\r\\t", "\\u0041", "\\u00e9", "\\u6F22", "\\ud83d\\ude00", "\\ud83d", "\\udE00\\ud83d",
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "\u007f").Array[0, 9].Select(string.Concat),
        Among("\\", "\\x", "\\u12", "\\u12g4", "\\u", "\u0001", "\t", "\\ud83d\\u12").Select(Among("", "text before and behind", "é"), (wrong, around) => around + wrong + around)).Select(inner => $"\"{inner}\"");

    private static readonly Gen<string> s_number = Among("0", "-0", "12", "-3.25", "1e5", "1E-7", "2.5e+10", "01", "1.", ".5", "-", "+1", "1e", "1e+", "--1", "NaN", "0x1", "1_0", "00");

    private static readonly Gen<string> s_leaf = Gen.OneOf(s_string, s_string, s_number, Among("true", "false", "null", "tru", "nulll", "True", "", "/**/1", "'a'"));

    private static readonly Gen<string> s_name = Gen.OneOf(
        Among("\"text\"", "\"id\"", "\"url\"", "\"a\"", "\"a.b\"", "\"b\"", "\"c\"", "\"\"", "\"te\\u0078t\"", "\"text", "text"), s_string);

    private static readonly Gen<string> s_value = Gen.Recursive<string>((depth, inner) => depth >= 3 ? s_leaf : Gen.Frequency(
        (6, s_leaf),
        (1, inner.Array[0, 3].Select(values => $"[{string.Join(',', values)}]")),
        (2, Object(inner))));

    // From a file of hostile lines: each is one that a careless scanner takes, or takes for something else.
    public static TheoryData<string> Hostile =>
    [
        "{}", "{", "", "{\"text\"", "{\"text\":", "{\"text\":\"", "{\"text\":\"a", "{\"text\":\"a\"", "{\"text\":\"a\",}", "{,\"text\":\"a\"}", "{\"text\":\"a\"}}", "{\"text\":\"a\"} {}",
        "{\"text\":\"a\"},", "{\"text\" \"a\"}", "{\"text\":\"a\" \"id\":\"b\"}", "{\"text\":\"a\",\"id\":1 2}", "{\"text\":\"a\",\"id\":truefalse}", "{\"text\":\"a\",\"id\":[1,]}", "{\"text\":\"a\",\"id\":[}",
        "{\"text\":\"a\",\"id\":{\"b\":}}", "{\"text\":\"a\" /* comment */}", "{\"text\":\"a\",// comment", "\u000B{\"text\":\"a\"}", "{\"text\":\"a\"}\u000C", "{\"text\":\"a\\\"}", "{\"text\":\"a\\u123\"}",
        "{\"text\":\"a\",\"text\":null}", "{\"text\":null,\"text\":\"a\"}", "{\"text\":\"a\",\"text\":{\"x\":1}}", "{\"text\":\"a\",\"t\\u0065xt\":\"b\"}", "{\"a\":{\"b\":\"x\"},\"a\":1,\"text\":\"y\"}",
        "{\"a.b\":\"x\",\"a\":{\"b\":\"y\"}}", "{\"id\":{\"a\": [1, 2] },\"text\":\"a\"}", "{\"id\":\"\",\"url\":0,\"text\":\"\"}", "\uFEFF{\"text\":\"a\"}",
    ];

    [Fact]
    public void Says_nothing_or_what_the_reader_of_tokens_says() =>
        Object(s_value).Select(s_blank, (json, blank) => blank + json + blank).Sample(line => AssertAgrees(Encoding.UTF8.GetBytes(line)), iter: 20_000);

    [Fact]
    public void Says_nothing_or_what_the_reader_of_tokens_says_of_lines_with_changed_bytes()
    {
        Gen<(int Place, byte Value)[]> changes = Gen.Select(Gen.Int[0, 500], Gen.OneOf(Gen.Byte[0, 127], Among("\"\\{}[],: 0-eut\n"u8.ToArray()))).Array[1, 3];
        Gen.Select(Object(s_value), changes).Sample(
            (line, places) =>
            {
                byte[] bytes = Encoding.UTF8.GetBytes(line);
                foreach ((int place, byte value) in places)
                    bytes[place % bytes.Length] = value;
                AssertAgrees(bytes);
            },
            iter: 20_000);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Says_nothing_or_what_the_reader_of_tokens_says_of_hostile_lines(string line) => AssertAgrees(Encoding.UTF8.GetBytes(line));

    [Fact]
    public void Agrees_about_every_byte_behind_a_backslash_and_in_a_string()
    {
        for (int value = 0; value < 128; value++)
        {
            AssertAgrees([.. "{\"text\":\"a\\"u8, (byte)value, .. "b\",\"id\":1}"u8]);
            AssertAgrees([.. "{\"text\":\"a\",\"id\":\"c\\"u8, (byte)value, .. "\"}"u8]);
            for (int place = 0; place < 70; place++)
                AssertAgrees([.. "{\"text\":\""u8, .. Encoding.ASCII.GetBytes(new string('x', place)), (byte)value, .. "y\"}"u8]);
        }
    }

    [Theory]
    [InlineData(61)]
    [InlineData(62)]
    [InlineData(63)]
    [InlineData(64)]
    public void Agrees_about_how_deep_values_may_lie(int depth) =>
        AssertAgrees(Encoding.UTF8.GetBytes($$"""{"text":"a","id":{{new string('[', depth)}}{{new string(']', depth)}}}"""));

    // What corpora are made of must not go the slow way.
    [Theory]
    [InlineData("""{"id":"one","source":"x/y","text":"Several words.\n\tAnd \"more\" \u00e9 of them \ud83d\ude00."}""")]
    [InlineData("""{ "text": "a", "meta": {"url": "x", "list": [1, {"a": null}]}, "n": -1.5e3, "ok": true }""")]
    [InlineData("""{"url":"u","timestamp":"2019-04-25T12:57:54Z","text":""}""")]
    public void Scans_the_usual_line(string line)
    {
        JsonRecord? scanned = new PlainRecordScanner(new RecordFields(new IngestOptions())).Scan(Encoding.UTF8.GetBytes(line));
        Assert.NotNull(scanned);
        AssertAgrees(Encoding.UTF8.GetBytes(line));
    }

    [Fact]
    public void A_long_text_is_that_of_the_reader_of_tokens_and_stays_as_it_is_when_others_follow()
    {
        var fields = new RecordFields(new IngestOptions());
        var scanner = new PlainRecordScanner(fields);
        string[] texts = [.. Enumerable.Range(0, 4).Select(i => string.Concat(Enumerable.Repeat($"text {i} \\n and \\u00e9; ", 80_000 + i)))];
        byte[][] lines = [.. texts.Select(text => Encoding.UTF8.GetBytes($$"""{"text":"{{text}}"}"""))];
        JsonRecord[] records = [.. lines.Select(line => scanner.Scan(line)!.Value)];
        Assert.All(records.Zip(lines), pair => Assert.True(pair.First.Text.Span.SequenceEqual(new JsonRecordParser(new IngestOptions()).ParseTokens(pair.Second).Text.Span)));
    }

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<string> Object(Gen<string> value) =>
        Gen.Select(s_name, value, s_blank, (name, inner, blank) => $"{blank}{name}{blank}:{blank}{inner}{blank}").Array[0, 5].Select(members => $"{{{string.Join(',', members)}}}");

    private static void AssertAgrees(byte[] line)
    {
        if (!Utf8.IsValid(line))
            return;
        foreach (IngestOptions options in s_options)
        {
            if (new PlainRecordScanner(new RecordFields(options)).Scan(line) is not { } scanned)
                continue;
            JsonRecord read = new JsonRecordParser(options).ParseTokens(line);
            Assert.Equal((read.Problem, read.Id, read.Uri), (scanned.Problem, scanned.Id, scanned.Uri));
            Assert.Equal(read.Text.ToArray(), scanned.Text.ToArray());
        }
    }
}
