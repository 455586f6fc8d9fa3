using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Recite.Testing.Files;

namespace Recite.EndToEnd;

public sealed class BadInputTest : IDisposable
{
    private const string Sentence = "The heron stood in the cold ditch behind the mill and waited for the ice to let go of the reeds.";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_missing_file_is_named()
    {
        Assert.Contains("none.txt", (await RunAsync("index", "build", "none.txt", "-o", "a.rix")).Sentence(2), StringComparison.Ordinal);
        await BuildAsync();
        Assert.Contains("none.txt", (await RunAsync("match", "none.txt", "-c", "a.rix")).Sentence(2), StringComparison.Ordinal);
        Assert.Contains("none.rix", (await RunAsync("match", "a.txt", "-c", "none.rix")).Sentence(2), StringComparison.Ordinal);
        Assert.Contains("none.yaml", (await RunAsync("audit", "none.yaml")).Sentence(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_corpus_leaves_no_index()
    {
        Directory.CreateDirectory(_folder.At("empty"));
        (await RunAsync("index", "build", "empty", "-o", "a.rix")).Sentence(2);
        Assert.False(Directory.Exists(_folder.At("a.rix")));
    }

    [Fact]
    public async Task Binary_files_are_skipped_when_building_and_refused_when_matching()
    {
        await BuildAsync();
        File.WriteAllBytes(_folder.At("b.txt"), [0x7f, (byte)'E', (byte)'L', (byte)'F', .. new byte[200]]);
        Assert.Contains("b.txt", (await RunAsync("match", "b.txt", "-c", "a.rix")).Sentence(2), StringComparison.Ordinal);

        ReciteResult build = await RunAsync("index", "build", "a.txt", "b.txt", "-o", "b.rix");
        Assert.Contains("1 document", build.Success(), StringComparison.Ordinal);
        Assert.Contains("skipped: b.txt", build.Error, StringComparison.Ordinal);
        Assert.Contains("--strict", (await RunAsync("index", "build", "a.txt", "b.txt", "-o", "b.rix", "--strict")).Sentence(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_gzip_file_is_skipped_and_listed()
    {
        File.WriteAllText(_folder.At("a.txt"), Sentence);
        byte[] packed = Pack(string.Concat(Enumerable.Range(0, 2000).Select(i => $"line {i} of many\n")));
        File.WriteAllBytes(_folder.At("c.txt.gz"), packed[..(packed.Length / 2)]);
        ReciteResult build = await RunAsync("index", "build", "a.txt", "c.txt.gz", "-o", "a.rix", "--skipped", "skipped.jsonl");
        build.Success();
        JsonNode line = JsonNode.Parse(Assert.Single(File.ReadAllLines(_folder.At("skipped.jsonl"))))!;
        Assert.Equal("c.txt.gz", (string?)line["input"]);
        Assert.Contains("skipped: c.txt.gz", build.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_line_of_json_is_skipped_by_number()
    {
        File.WriteAllText(_folder.At("d.jsonl"), $$"""
            {"id": "one", "text": "{{Sentence}}"}
            {"id": "two", "text": "broken
            {"id": "three", "text": "{{Sentence}} Again."}

            """);
        ReciteResult build = await RunAsync("index", "build", "d.jsonl", "-o", "a.rix");
        Assert.Contains("2 documents", build.Success(), StringComparison.Ordinal);
        Assert.Contains("1 skipped", build.Output, StringComparison.Ordinal);
        Assert.Matches("skipped: .*d\\.jsonl.*2", build.Error);
    }

    [Fact]
    public async Task A_missing_key_is_named_by_its_own_variable()
    {
        await BuildAsync();
        Assert.Contains("OPENAI_API_KEY", (await RunAsync("audit", "-t", "openai:some-model", "-c", "a.rix")).Sentence(2), StringComparison.Ordinal);
        Assert.Contains("ANTHROPIC_API_KEY", (await RunAsync("audit", "-t", "anthropic:some-model", "-c", "a.rix")).Sentence(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_written_with_a_slash_is_suggested_with_a_colon()
    {
        await BuildAsync();
        Assert.Contains("openai:gpt", (await RunAsync("audit", "-t", "openai/gpt", "-c", "a.rix")).Sentence(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_flipped_byte_of_a_segment_is_found_by_verify_and_never_crashes_match()
    {
        await BuildAsync();
        foreach (string file in Directory.EnumerateFiles(_folder.At("a.rix/segments")).ToList())
        {
            byte[] sound = File.ReadAllBytes(file);
            foreach (int at in (int[])[0, sound.Length / 2, sound.Length - 1])
            {
                byte[] damaged = [.. sound];
                damaged[at] ^= 0x40;
                File.WriteAllBytes(file, damaged);
                (await RunAsync("index", "verify", "a.rix")).Sentence(2);
                ReciteResult match = await RunAsync("match", "a.txt", "-c", "a.rix");
                Assert.True(match.ExitCode is 0 or 2, match.Error);
                Assert.DoesNotContain("internal error", match.Error, StringComparison.Ordinal);
            }

            File.WriteAllBytes(file, sound);
        }

        (await RunAsync("index", "verify", "a.rix")).Success();
    }

    [Fact]
    public async Task A_newer_format_is_refused_and_says_so()
    {
        await BuildAsync();
        string manifest = _folder.At("a.rix/manifest.json");
        JsonNode json = JsonNode.Parse(File.ReadAllText(manifest))!;
        json["formatVersion"] = 99;
        File.WriteAllText(manifest, json.ToJsonString());
        Assert.Contains("99", (await RunAsync("match", "a.txt", "-c", "a.rix")).Sentence(2), StringComparison.Ordinal);
        Assert.Contains("99", (await RunAsync("index", "info", "a.rix")).Sentence(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_named()
    {
        await BuildAsync();
        Assert.Contains("/proc/a.rix", (await RunAsync("index", "build", "a.txt", "-o", "/proc/a.rix")).Sentence(2), StringComparison.Ordinal);
        Assert.Contains("a.txt", (await RunAsync("index", "build", "a.txt", "-o", "a.txt")).Sentence(2), StringComparison.Ordinal);
        Assert.Contains("a.txt/b.rix", (await RunAsync("index", "build", "a.txt", "-o", "a.txt/b.rix")).Sentence(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_said_and_not_swallowed()
    {
        await BuildAsync();
        (await ReciteProcess.ShellAsync(_folder.Path, "recite index info a.rix > /dev/full")).Sentence(2);
        (await ReciteProcess.ShellAsync(_folder.Path, "recite match a.txt -c a.rix --json > /dev/full")).Sentence(2);
        File.WriteAllBytes(_folder.At("b.txt"), new byte[100]);
        (await RunAsync("index", "build", "a.txt", "b.txt", "-o", "b.rix", "--skipped", "/dev/full")).Sentence(2);
    }

    [Fact]
    public async Task What_is_not_built_yet_says_so()
    {
        await BuildAsync();
        Assert.Contains("not built yet", (await RunAsync("index", "build", "a.txt", "-o", "b.rix", "--normalization", "code")).Sentence(2), StringComparison.Ordinal);
        Assert.Contains("not built yet", (await RunAsync("audit", "--adversarial")).Sentence(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_length_below_the_guarantee_names_the_guarantee()
    {
        await BuildAsync();
        Assert.Contains("64", (await RunAsync("match", "a.txt", "-c", "a.rix", "--min-length", "40c")).Sentence(2), StringComparison.Ordinal);
    }

    private async Task BuildAsync()
    {
        File.WriteAllText(_folder.At("a.txt"), Sentence);
        (await RunAsync("index", "build", "a.txt", "-o", "a.rix")).Success();
    }

    private Task<ReciteResult> RunAsync(params string[] arguments) => ReciteProcess.RunAsync(_folder.Path, arguments);

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
