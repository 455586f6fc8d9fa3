using System.Text.Json.Nodes;
using Recite.Testing.Files;

namespace Recite.EndToEnd;

public sealed class StreamsTest : IDisposable
{
    private const string Text = "Nobody in the valley could say who had first carried the bell across the pass, or why it was left at the ford.";

    private readonly TemporaryFolder _folder = new();

    public StreamsTest() => File.WriteAllText(_folder.At("a.txt"), Text);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Data_goes_to_standard_output_and_nothing_else_does()
    {
        JsonNode built = JsonNode.Parse((await RunAsync("index", "build", "a.txt", "-o", "a.rix", "--json")).Success())!;
        Assert.Equal(1, (int)built["documents"]!);
        Assert.Equal(Text.Length, (int)built["bytes"]!);
        JsonNode info = JsonNode.Parse((await RunAsync("index", "info", "a.rix", "--json")).Success())!;
        Assert.Equal((string?)built["manifest"], (string?)info["manifest"]);
        JsonNode verified = JsonNode.Parse((await RunAsync("index", "verify", "a.rix", "--json")).Success())!;
        Assert.True((bool)verified["sound"]!);
        Assert.Equal("recite.runs/1", (string?)JsonNode.Parse((await RunAsync("runs", "ls", "--json")).Success())!["schema"]);
        Assert.Equal("recite.doctor/1", (string?)JsonNode.Parse((await RunAsync("doctor", "--json")).Success())!["schema"]);
        Assert.Equal("recite.config/1", (string?)JsonNode.Parse((await RunAsync("config", "show", "--json")).Success())!["schema"]);
    }

    [Fact]
    public async Task Match_prints_what_the_contract_says()
    {
        (await RunAsync("index", "build", "a.txt", "-o", "a.rix")).Success();
        string question = $"He said: {Text.ToUpperInvariant()} And then he left.";
        ReciteResult match = await ReciteProcess.RunAsync(_folder.Path, question, ["match", "-", "-c", "a.rix", "--json"]);
        JsonNode json = JsonNode.Parse(match.Success())!;
        Assert.Equal("recite.match/1", (string?)json["schema"]);
        Assert.Equal("a.rix", (string?)json["corpus"]!["path"]);
        Assert.Equal("normalized bytes", (string?)json["rules"]!["guaranteed"]!["unit"]);
        JsonNode input = Assert.Single(json["inputs"]!.AsArray())!;
        Assert.Equal("-", (string?)input["name"]);
        Assert.Equal("utf-8", (string?)input["encoding"]);
        JsonNode found = Assert.Single(input["matches"]!.AsArray())!;
        string matched = question[(int)found["start"]!..(int)found["end"]!];
        Assert.Equal(Text.TrimEnd('.'), matched, ignoreCase: true);
        JsonNode source = Assert.Single(found["sources"]!.AsArray())!;
        Assert.Equal("a.txt", (string?)source["document"]);
        Assert.Equal(Text.TrimEnd('.'), Text[(int)source["start"]!..(int)source["end"]!]);
        Assert.Equal("verbatim", (string?)found["kind"]);
        Assert.Equal(1, (int)found["occurrences"]!);
    }

    [Fact]
    public async Task Exit_code_3_is_only_for_those_who_asked_and_only_when_something_was_found()
    {
        (await RunAsync("index", "build", "a.txt", "-o", "a.rix")).Success();
        File.WriteAllText(_folder.At("other.txt"), "Entirely different words stand in this file, and no one has ever seen them in that order before today.");
        Assert.Equal(0, (await RunAsync("match", "a.txt", "-c", "a.rix")).ExitCode);
        Assert.Equal(3, (await RunAsync("match", "a.txt", "-c", "a.rix", "--exit-code")).ExitCode);
        Assert.Equal(0, (await RunAsync("match", "other.txt", "-c", "a.rix", "--exit-code")).ExitCode);
    }

    [Fact]
    public async Task Text_from_outside_cannot_write_to_the_terminal()
    {
        File.WriteAllText(_folder.At("a.txt"), Text.Replace("bell", "bell \u001b]0;owned\u0007", StringComparison.Ordinal));
        (await RunAsync("index", "build", "a.txt", "-o", "a.rix")).Success();
        string output = (await RunAsync("match", "a.txt", "-c", "a.rix")).Success();
        Assert.Contains("bell", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        Assert.DoesNotContain('\u0007', output);
    }

    [Fact]
    public async Task Quiet_says_nothing_but_errors()
    {
        File.WriteAllBytes(_folder.At("b.txt"), new byte[100]);
        ReciteResult build = await RunAsync("index", "build", "a.txt", "b.txt", "-o", "a.rix", "--quiet");
        build.Success();
        Assert.Empty(build.Error);
        Assert.NotEmpty((await RunAsync("match", "none.txt", "-c", "a.rix", "--quiet")).Error);
    }

    [Fact]
    public async Task A_reader_that_leaves_early_is_no_error()
    {
        ReciteResult result = await ReciteProcess.ShellAsync(_folder.Path, "{ recite config show --json; echo \"code $?\" >&2; } | head -c 1 > /dev/null");
        Assert.Equal("code 0\n", result.Error);
    }

    [Fact]
    public async Task Variables_and_files_of_variables_reach_the_command()
    {
        (await RunAsync("index", "build", "a.txt", "-o", "a.rix")).Success();
        (await ReciteProcess.ShellAsync(_folder.Path, "RECITE_CORPUS=a.rix; export RECITE_CORPUS; recite match a.txt")).Success();
        File.WriteAllText(_folder.At(".env"), "RECITE_CORPUS=a.rix\n");
        Directory.CreateDirectory(_folder.At("below"));
        Assert.Contains("a.rix", (await ReciteProcess.RunAsync(_folder.At("below"), "config", "show")).Success(), StringComparison.Ordinal);
        File.Delete(_folder.At(".env"));
        File.WriteAllText(_folder.At("recite.yaml"), "corpus: a.rix\n");
        (await RunAsync("match", "a.txt")).Success();
        (await ReciteProcess.RunAsync(_folder.At("below"), "match", "../a.txt", "--config", "../recite.yaml")).Success();
    }

    [Fact]
    public async Task Doctor_opens_no_connection()
    {
        JsonNode json = JsonNode.Parse((await RunAsync("doctor", "--offline", "--json")).Success())!;
        JsonNode sockets = json["findings"]!.AsArray().Single(finding => (string?)finding!["subject"] is "sockets")!;
        Assert.Equal("ok", (string?)sockets["state"]);
    }

    [Fact]
    public async Task Doctor_names_what_would_reach_the_network()
    {
        File.WriteAllText(_folder.At("recite.yaml"), "targets: [\"https://models.example/v1#m\"]\n");
        ReciteResult result = await RunAsync("doctor", "--offline");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("would reach models.example", result.Output, StringComparison.Ordinal);
    }

    private Task<ReciteResult> RunAsync(params string[] arguments) => ReciteProcess.RunAsync(_folder.Path, arguments);
}
