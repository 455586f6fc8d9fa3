using System.Text.Json;
using System.Text.Json.Nodes;
using Recite.Testing;
using Recite.Testing.Files;
using Recite.Testing.Servers;

namespace Recite.EndToEnd.Canaries;

/// <summary>The whole proof with real processes: create, plant, score, verify; and every step with files that do not fit.</summary>
public sealed class CanaryProofTest
{
    private static readonly string[] s_small = ["--count", "5", "--decoys", "7", "--words", "12", "--seed", "3"];

    [Fact]
    public async Task Canaries_that_the_model_never_saw_prove_nothing_and_everything_verifies()
    {
        using var folder = new TemporaryFolder();
        using var authority = new TimestampAuthority();
        using TimestampEndpoint endpoint = authority.Serve();
        folder.Write("tsa.pem", authority.Pem);
        folder.Write("train.jsonl", string.Concat(Enumerable.Range(0, 50).Select(i => $"{{\"id\":\"d{i}\",\"text\":\"document {i}\"}}\n")));

        (await Run(folder, ["canary", "create", "-o", "list.json", "--timestamp-server", endpoint.Address, .. s_small])).Success();
        (await Run(folder, "canary", "plant", "list.json", "train.jsonl", "-o", "planted.jsonl", "--duplicates", "1,3")).Success();
        Assert.Equal(50 + 1 + 3 + 1 + 3 + 1, File.ReadLines(folder.At("planted.jsonl")).Count());
        (await Run(folder, "canary", "score", "list.planted.json", "-t", "onnx:" + DemoModel.Folder, "-o", "scores.json", "--no-progress")).Success();
        string verified = (await Run(folder, "canary", "verify", "list.planted.json", "--commitment", "list.commitment.json", "--scores", "scores.json", "--authority", "tsa.pem")).Success();
        Assert.Contains("2026-03-04T05:06:07Z", verified, StringComparison.Ordinal);

        JsonNode scores = JsonNode.Parse(await File.ReadAllTextAsync(folder.At("scores.json"), TestContext.Current.CancellationToken))!;
        Assert.True((double)scores["randomization"]!["p"]! > 0.001);
        Assert.Equal(35, (int)scores["exposure"]!["references"]!);
    }

    [Fact]
    public async Task The_canaries_that_the_bundled_model_was_trained_on_have_a_tiny_p()
    {
        using var folder = new TemporaryFolder();
        JsonArray all = JsonNode.Parse(await File.ReadAllTextAsync(Repository.At("demo/canaries.json"), TestContext.Current.CancellationToken))!["canaries"]!.AsArray();
        JsonNode[] some = [.. all.Where(c => (int)c!["duplicates"]! == 16).Take(8).Concat(all.Where(c => (int)c!["duplicates"]! == 0).Take(32)).Select(c => c!.DeepClone())];
        folder.Write("list.json", new JsonObject { ["schema"] = "recite.canaries/1", ["canaries"] = new JsonArray(some) }.ToJsonString());
        JsonNode scores = JsonNode.Parse((await Run(folder, "canary", "score", "list.json", "-t", "onnx:" + DemoModel.Folder, "--json", "--no-progress")).Success())!;
        Assert.True((double)scores["randomization"]!["p"]! < 1e-6);
        Assert.StartsWith("exact", (string)scores["randomization"]!["method"]!, StringComparison.Ordinal);
        Assert.False((bool)scores["randomization"]!["coinRecorded"]!);
    }

    [Fact]
    public async Task What_does_not_fit_is_said_and_the_exit_code_is_3()
    {
        using var folder = new TemporaryFolder();
        (await Run(folder, ["canary", "create", "-o", "list.json", .. s_small])).Success();
        (await Run(folder, ["canary", "create", "-o", "other.json", "--count", "5", "--seed", "4"])).Success();
        ReciteResult other = await Run(folder, "canary", "verify", "list.json", "--commitment", "other.commitment.json", "--json");
        Assert.Equal(3, other.ExitCode);
        Assert.Contains("root", other.Error, StringComparison.Ordinal);
        Assert.False(JsonDocument.Parse(other.Output).RootElement.GetProperty("holds").GetBoolean());

        string text = await File.ReadAllTextAsync(folder.At("list.json"), TestContext.Current.CancellationToken);
        folder.Write("list.json", text.Replace("\"role\": \"planted\"", "\"role\": \"Planted\"", StringComparison.Ordinal));
        Assert.Contains("was altered", (await Run(folder, "canary", "verify", "list.json")).Sentence(3), StringComparison.Ordinal);
        Assert.Contains("was altered", (await Run(folder, "canary", "score", "list.json", "-t", "onnx:" + DemoModel.Folder)).Sentence(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_input_is_one_sentence()
    {
        using var folder = new TemporaryFolder();
        (await Run(folder, ["canary", "create", "-o", "list.json", .. s_small])).Success();
        Assert.Contains("never replaced", (await Run(folder, "canary", "create", "-o", "list.json")).Sentence(2), StringComparison.Ordinal);
        Assert.Contains("out of bounds", (await Run(folder, "canary", "create", "-o", "x.json", "--count", "1000000")).Sentence(2), StringComparison.Ordinal);
        Assert.Contains("schedule", (await Run(folder, "canary", "create", "-o", "x.json", "--duplicates", "1,x")).Sentence(2), StringComparison.Ordinal);
        Assert.Contains("no http", (await Run(folder, "canary", "create", "-o", "x.json", "--timestamp-server", "ftp://a")).Sentence(2), StringComparison.Ordinal);
        Assert.Contains("cannot be reached", (await Run(folder, "canary", "create", "-o", "x.json", "--timestamp-server", "http://127.0.0.1:9/")).Sentence(2), StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("x.json")));
        Assert.Contains("does not exist", (await Run(folder, "canary", "plant", "list.json", "nothing.jsonl", "-o", "o.jsonl")).Sentence(2), StringComparison.Ordinal);
        Assert.Contains("-o DATASET", (await Run(folder, "canary", "plant", "list.json", "nothing.jsonl")).Sentence(2), StringComparison.Ordinal);
        Assert.Contains("-t TARGET", (await Run(folder, "canary", "score", "list.json")).Sentence(2), StringComparison.Ordinal);
        Assert.Contains("cannot be read", (await Run(folder, "canary", "verify", "missing.json")).Sentence(2), StringComparison.Ordinal);
        Assert.Contains("no parameters and salts", (await Run(folder, "canary", "plant", Repository.At("demo/canaries.json"), "x", "-o", "o", "--record", "r.json")).Sentence(2), StringComparison.Ordinal);
    }

    private static Task<ReciteResult> Run(TemporaryFolder folder, params string[] arguments) => ReciteProcess.RunAsync(folder.Path, arguments);
}
