using System.Diagnostics;
using System.Text;
using CsCheck;
using Recite.Indexing;
using Recite.Indexing.Corpora;
using Recite.Testing.Files;

namespace Recite.Ingest.Tests;

public sealed class DocumentIngestTest
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Reads_a_folder_recursively_in_ordinal_order_without_hidden_files()
    {
        foreach (string name in new[] { "b.txt", "a/z.txt", "a/b/c.md", "a-b.txt", "B.txt", ".hidden.txt", ".git/config.txt", "a.txt", "ä.txt" })
            _folder.Write(name, "content of " + name);

        Reading reading = await Reading.OfAsync(_folder.Path);

        Assert.Equal(["B.txt", "a-b.txt", "a.txt", "a/b/c.md", "a/z.txt", "b.txt", "ä.txt"], reading.Ids);
        Assert.All(reading.Documents, document => Assert.Equal("content of " + document.Id, Reading.Text(document)));
        Assert.All(reading.Documents, document => Assert.Equal(document.Id, document.Uri));
    }

    [Fact]
    public async Task Walks_any_tree_in_the_order_of_its_sorted_paths() =>
        await Gen.Char["ab-/.0"].Array[1, 8].Array[1, 12].SampleAsync(async (names) =>
        {
            using var folder = new TemporaryFolder();
            var expected = new SortedSet<string>(StringComparer.Ordinal);
            foreach (string name in names.Select(chars => string.Join('/', new string(chars).Split('/', StringSplitOptions.RemoveEmptyEntries)) + "x"))
            {
                if (name.Split('/').Any(part => part.StartsWith('.') || Directory.Exists(folder.At(name))) || HasFileOnTheWay(folder, name))
                    continue;
                folder.Write(name, "text");
                expected.Add(name);
            }

            if (expected.Count > 0)
                Assert.Equal(expected, (await Reading.OfAsync(folder.Path)).Ids);
        }, iter: 50);

    [Fact]
    public async Task Names_a_file_that_is_given_by_its_file_name()
    {
        string path = _folder.Write("deep/down/a.md", "# Title\r\n\ntext");

        Document document = (await Reading.OfAsync(path)).Single();

        Assert.Equal("a.md", document.Id);
        Assert.Equal("# Title\r\n\ntext", Reading.Text(document));
        Assert.Equal("utf-8", document.Encoding);
    }

    [Fact]
    public async Task Names_files_of_a_pattern_by_their_path_below_its_fixed_part()
    {
        _folder.Write("x/a.txt", "1");
        _folder.Write("x/y/b.txt", "2");
        _folder.Write("x/y/c.md", "3");

        Assert.Equal(["a.txt", "y/b.txt"], (await Reading.OfAsync(_folder.At("x/**/*.txt"))).Ids);
        Assert.Equal(["x/y/b.txt", "x/y/c.md"], (await Reading.OfAsync(_folder.At("*/y/*.{md,txt}"))).Ids);
    }

    [Fact]
    public async Task Reads_a_file_whose_name_looks_like_a_pattern()
    {
        _folder.Write("notes1.txt", "not this");
        Assert.Equal("notes[1].txt", (await Reading.OfAsync(_folder.Write("notes[1].txt", "this"))).Single().Id);
    }

    [Fact]
    public async Task Tells_two_files_of_one_name_apart_and_says_so()
    {
        Reading reading = await Reading.OfAsync(_folder.Write("x/a.txt", "1"), _folder.Write("y/a.txt", "2"), _folder.Write("z/l.jsonl", "{\"text\":\"3\"}"), _folder.Write("w/l.jsonl", "{\"text\":\"4\"}"));

        Assert.Equal(["a.txt", "a.txt~2", "l.jsonl#1", "l.jsonl~2#1"], reading.Ids);
        Assert.Equal(2, reading.Notices.Count);
        Assert.Contains("a.txt~2", reading.Notices[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_a_file_once_that_is_given_twice()
    {
        string path = _folder.Write("a.txt", "1");
        Reading reading = await Reading.OfAsync(_folder.Path, path, path);

        Assert.Equal("a.txt", reading.Single().Id);
        Assert.Equal(2, reading.Notices.Count);
        Assert.Contains("more than once", reading.Notices[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.txt")]
    [InlineData("missing/")]
    [InlineData("*.nothing")]
    [InlineData("missing/**/*.txt")]
    [InlineData("")]
    [InlineData("a\0b")]
    public async Task Refuses_an_input_that_does_not_exist_before_reading_any(string name)
    {
        string good = _folder.Write("a.txt", "1");
        var documents = new List<Document>();
        var ingest = new DocumentIngest(new IngestOptions(), DocumentReaders.All());

        ReciteException error = await Assert.ThrowsAsync<ReciteException>(async () =>
        {
            await foreach (Document document in ingest.ReadAsync([good, name.Length == 0 ? name : _folder.At(name)], null, _ => { }, _ => { }, TestContext.Current.CancellationToken))
                documents.Add(document);
        });

        Assert.Empty(documents);
        Assert.Matches("is no file or folder|matches no file", error.Message);
    }

    [Fact]
    public async Task Refuses_no_input_and_a_second_standard_input()
    {
        await Assert.ThrowsAsync<ReciteException>(() => Reading.OfAsync());
        await Assert.ThrowsAsync<ReciteException>(() => Reading.OfAsync("-"));
        await Assert.ThrowsAsync<ReciteException>(() => Reading.OfAsync(new IngestOptions(), new MemoryStream(), "-", "-"));
    }

    [Theory]
    [InlineData("Just text.\n{\"text\":1}", "stdin", "Just text.\n{\"text\":1}")]
    [InlineData("{\"text\":\"line\"}\n", "stdin#1", "line")]
    [InlineData("{\n \"text\": \"pretty\"\n}", "stdin", "{\n \"text\": \"pretty\"\n}")]
    [InlineData("<!DOCTYPE html><p>page", "stdin", "page")]
    public async Task Tells_what_standard_input_is(string content, string id, string text)
    {
        foreach (byte[] bytes in new[] { Encoding.UTF8.GetBytes(content), Gzip.Pack(content), Zstandard.Pack(content) })
        {
            Document document = (await Reading.OfStandardInputAsync(bytes)).Single();
            Assert.Equal(id, document.Id);
            Assert.Equal(text, Reading.Text(document));
        }
    }

    [Fact]
    public async Task Tells_empty_files_in_notices_and_binary_ones_as_skipped()
    {
        _folder.Write("a.txt", "text");
        _folder.Write("b.txt", "");
        _folder.Write("c.txt", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A]);
        _folder.Write("d.html", "<script>1</script>");

        Reading reading = await Reading.OfAsync(_folder.Path);

        Assert.Equal(["a.txt"], reading.Ids);
        Assert.Equal("c.txt is a PNG image, not text: leave it out, or convert it to text.", Assert.Single(reading.Skipped).Reason);
        Assert.Equal(["b.txt is empty: there is nothing to index.", "d.html shows no text: there is nothing to index."], reading.Notices);
    }

    [Fact]
    public async Task Tells_a_bounded_number_of_notices_and_counts_the_others()
    {
        for (int i = 0; i < 50; i++)
            _folder.Write($"{i}.txt", "");

        Reading reading = await Reading.OfAsync(_folder.Path);

        Assert.Equal(IngestLog.NoticesPerKind + 1, reading.Notices.Count);
        Assert.Equal("30 more inputs hold nothing to index.", reading.Notices[^1]);
    }

    [Fact]
    public async Task Skips_a_text_that_is_too_long()
    {
        var options = new IngestOptions { MaxDocumentBytes = 100 };
        _folder.Write("a.txt", new string('a', 100));
        _folder.Write("b.txt", new string('b', 101));
        _folder.Write("c.txt", Encoding.Latin1.GetBytes(new string('\u00E9', 80)));

        Reading reading = await Reading.OfAsync(options, _folder.Path);

        Assert.Equal(["a.txt"], reading.Ids);
        Assert.Contains("b.txt is longer than 100 bytes", reading.Skipped[0].Reason, StringComparison.Ordinal);
        Assert.Contains("c.txt decodes to more than 100 bytes", reading.Skipped[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follows_links_to_files_and_not_to_folders()
    {
        _folder.Write("real/a.txt", "1");
        File.CreateSymbolicLink(_folder.At("real/b.txt"), "a.txt");
        File.CreateSymbolicLink(_folder.At("real/broken.txt"), "nowhere.txt");
        Directory.CreateSymbolicLink(_folder.At("real/loop"), "..");
        File.CreateSymbolicLink(_folder.At("real/self.txt"), "self.txt");

        Reading reading = await Reading.OfAsync(_folder.Path);

        Assert.Equal(["real/a.txt", "real/b.txt"], reading.Ids);
        Assert.Equal(["real/broken.txt", "real/self.txt"], reading.Skipped.Select(skipped => skipped.Input));
        Assert.Contains("real/loop is a link to a folder", Assert.Single(reading.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_wait_for_a_pipe_in_a_folder()
    {
        _folder.Write("a.txt", "1");
        using Process make = Process.Start("mkfifo", [_folder.At("b.txt")]);
        await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(_folder.At("c.txt"), "b.txt");
        Assert.True(File.Exists(_folder.At("b.txt")));

        Reading reading = await Reading.OfAsync(_folder.Path);

        Assert.Equal(["a.txt"], reading.Ids);
        Assert.Equal(["b.txt is empty: there is nothing to index.", "c.txt is empty: there is nothing to index."], reading.Notices);
    }

    [Fact]
    public async Task Gives_the_same_documents_in_the_same_order_each_time()
    {
        for (int i = 0; i < 20; i++)
            _folder.Write($"{i % 3}/{i}.jsonl", $"{{\"text\":\"text {i}\"}}\n{{\"text\":\"more {i}\",\"id\":\"same\"}}\n");

        Reading first = await Reading.OfAsync(_folder.Path);
        Reading second = await Reading.OfAsync(_folder.Path);

        Assert.Equal(40, first.Documents.Count);
        Assert.Equal(first.Ids, second.Ids);
        Assert.Equal(first.Texts, second.Texts);
        Assert.Equal(40, first.Ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Stops_when_it_is_cancelled()
    {
        for (int i = 0; i < 10; i++)
            _folder.Write($"{i}.txt", "text");
        using var stop = new CancellationTokenSource();
        var ingest = new DocumentIngest(new IngestOptions(), DocumentReaders.All());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (Document document in ingest.ReadAsync([_folder.Path], null, _ => { }, _ => { }, stop.Token))
                await stop.CancelAsync();
        });
    }

    [Fact]
    public async Task Says_that_no_reader_knows_a_file()
    {
        string path = _folder.Write("a.txt", "text");
        var skipped = new List<SkippedInput>();
        await foreach (Document document in new DocumentIngest(new IngestOptions(), []).ReadAsync([path], null, skipped.Add, _ => { }, TestContext.Current.CancellationToken))
            Assert.Fail($"{document.Id} was read.");

        Assert.Contains("no reader knows", Assert.Single(skipped).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", "", 1)]
    [InlineData("limit", "text", 0)]
    [InlineData("limit", "text", (1L << 30) + 1)]
    public async Task Refuses_options_that_make_no_sense(string word, string textField, long maxDocumentBytes)
    {
        var options = new IngestOptions { TextField = textField, MaxDocumentBytes = maxDocumentBytes };
        ReciteException error = await Assert.ThrowsAsync<ReciteException>(() => Reading.OfAsync(options, _folder.Path));
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Random_bytes_under_any_name_are_read_or_skipped_and_nothing_else() =>
        await Gen.Select(Gen.OneOf("a.txt", "a.html", "a.jsonl", "a.json", "a", "a.txt.gz", "a.jsonl.zst", "a.xhtml", "a.pdf"), RandomContent()).SampleAsync(async (name, bytes) =>
        {
            using var folder = new TemporaryFolder();
            Reading reading = await Reading.OfAsync(folder.Write(name, bytes));
            Assert.All(reading.Documents, document => Assert.True(System.Text.Unicode.Utf8.IsValid(document.Text.Span) && document.Text.Length > 0));
            Assert.All(reading.Skipped, skipped => Assert.StartsWith(name, skipped.Reason, StringComparison.Ordinal));
            Assert.True(reading.Documents.Count + reading.Skipped.Count + reading.Notices.Count > 0);
        }, iter: 3000);

    private static Gen<byte[]> RandomContent() => Gen.OneOf(
        Gen.Byte.Array[0, 200],
        Gen.Char["<>/&;#x!-a\"'= \npscritde[]"].Array[0, 200].Select(chars => Encoding.UTF8.GetBytes(chars)),
        Gen.Char["{}[]\",:\\u0dtex \n\u00E9"].Array[0, 200].Select(chars => Encoding.UTF8.GetBytes(chars)),
        Gen.Byte.Array[0, 200].Select(bytes => (byte[])[0x1F, 0x8B, 8, 0, .. bytes]),
        Gen.Byte.Array[0, 200].Select(bytes => (byte[])[0x28, 0xB5, 0x2F, 0xFD, .. bytes]),
        Gen.Byte.Array[0, 200].Select(bytes => (byte[])[0xFF, 0xFE, .. bytes]));

    private static bool HasFileOnTheWay(TemporaryFolder folder, string name)
    {
        for (int slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            if (File.Exists(folder.At(name[..slash])))
                return true;
        }

        return false;
    }
}
