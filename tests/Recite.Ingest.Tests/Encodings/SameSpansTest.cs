using System.Text;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Testing.Files;

namespace Recite.Ingest.Tests.Encodings;

/// <summary>Files in other encodings are indexed and matched as their UTF-8 twins are.</summary>
public sealed class SameSpansTest
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, bool, string> Twins => new()
    {
        { "utf-16le", true, EncodedTexts.German },
        { "utf-16be", true, EncodedTexts.Japanese },
        { "utf-16le", false, EncodedTexts.Russian },
        { "utf-16be", false, EncodedTexts.Chinese },
        { "iso-8859-1", false, EncodedTexts.German },
        { "shift_jis", false, EncodedTexts.Japanese },
        { "gb18030", false, EncodedTexts.Chinese },
        { "koi8-r", false, EncodedTexts.Russian },
    };

    [Theory]
    [MemberData(nameof(Twins))]
    public async Task A_file_in_another_encoding_finds_the_spans_of_its_twin(string encoding, bool hasMark, string text)
    {
        string other = $"Something else entirely stands here, in plain letters, for as long as a sentence takes.\n{text}\nAnd something follows.\n";
        string around = $"Before it there is a line of nothing in particular.\n{text}\nBehind it is another one.\n";
        byte[] twin = Encoding.UTF8.GetBytes(hasMark ? "\uFEFF" + around : around);
        byte[] bytes = Encode(encoding, hasMark, around);

        // Both ways: the corpus in UTF-8 and the question in the other encoding, then the other way round, then both.
        IReadOnlyList<string> expected = await MatchAsync("u", Encoding.UTF8.GetBytes(other), twin);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, await MatchAsync("a", Encoding.UTF8.GetBytes(other), bytes));
        Assert.Equal(expected, await MatchAsync("b", Encode(encoding, hasMark: false, other), twin));
        Assert.Equal(expected, await MatchAsync("c", Encode(encoding, hasMark: false, other), bytes));
    }

    [Theory]
    [InlineData("utf-16le", EncodedTexts.Chinese)]
    [InlineData("iso-8859-1", EncodedTexts.German)]
    [InlineData("shift_jis", EncodedTexts.Japanese)]
    [InlineData("gb18030", EncodedTexts.Chinese)]
    [InlineData("koi8-r", EncodedTexts.Russian)]
    [InlineData("iso-2022-jp", EncodedTexts.Japanese)]
    public async Task A_named_encoding_is_read_however_short_the_text(string encoding, string text)
    {
        string name = _folder.Write("a.txt", Encode(encoding, hasMark: false, text[..9]));
        Reading reading = await Reading.OfAsync(new IngestOptions { Encoding = encoding }, name);
        Assert.Equal(text[..9], Reading.Text(reading.Single()));
    }

    [Fact]
    public async Task Lines_and_rows_are_read_in_the_encoding_that_the_file_shows()
    {
        string lines = string.Concat(Enumerable.Range(0, 20).Select(i => $"{{\"text\":\"{EncodedTexts.Russian} {i}\"}}\n")) + "{\"text\":\"Да.\"}\n";
        Reading jsonl = await Reading.OfAsync(_folder.Write("a.jsonl", TestEncodings.Get("koi8-r").GetBytes(lines)));
        Assert.Equal("Да.", jsonl.Texts.Last());
        Assert.Contains("koi8-r", Assert.Single(jsonl.Notices), StringComparison.Ordinal);

        string rows = "id,text\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},\"{EncodedTexts.Japanese}\"\n")) + "x,はい。\n";
        Reading csv = await Reading.OfAsync(_folder.Write("a.csv", TestEncodings.Get("shift_jis").GetBytes(rows)));
        Assert.Equal("はい。", csv.Texts.Last());
        Assert.All(csv.Documents, document => Assert.Equal("shift_jis", document.Encoding));
    }

    private static byte[] Encode(string encoding, bool hasMark, string text) => TestEncodings.Get(encoding).GetBytes(hasMark ? "\uFEFF" + text : text);

    private async Task<IReadOnlyList<string>> MatchAsync(string name, byte[] corpus, byte[] question)
    {
        string file = _folder.Write($"{name}/corpus.txt", corpus);
        string output = _folder.At(name + ".rix");
        var ingest = new DocumentIngest(new IngestOptions(), DocumentReaders.All());
        var ct = TestContext.Current.CancellationToken;
        await CorpusBuilder.BuildAsync(
            ingest.ReadAsync([file], null, skipped => Assert.Fail(skipped.Reason), _ => { }, ct),
            output,
            new CorpusBuildOptions { Guarantee = 48, Threads = 1 },
            null,
            ct);

        using CorpusIndex index = CorpusIndex.Open(output);
        DecodedText text = TextDecoder.Decode(question, "question.txt");
        MatchResult result = new Matcher(index).Match(index.Normalizer.NormalizeWithMap(text.Text), new MatchOptions(), ct);
        return [.. result.Matches.Select(match => $"{match}|{string.Join(';', match.Sources.Select(source => $"{source}"))}")];
    }
}
