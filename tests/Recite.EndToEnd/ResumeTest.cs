using System.Text.Json.Nodes;
using Recite.Testing;
using Recite.Testing.Files;

namespace Recite.EndToEnd;

/// <summary>An audit of the bundled model that is interrupted and continued loses nothing and asks nothing twice.</summary>
public sealed class ResumeTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task An_interrupted_audit_exits_with_130_and_continues(string signal)
    {
        await PrepareAsync();
        string id;
        using (ReciteProcess audit = ReciteProcess.Start(_folder.Path, "audit", "--no-progress"))
        {
            id = await WaitForAttemptsAsync(audit);
            audit.Signal(signal);
            ReciteResult interrupted = await audit.WaitAsync();
            Assert.Contains("recite audit --resume", interrupted.Sentence(130), StringComparison.Ordinal);
        }

        JsonNode unfinished = Assert.Single(await RunsAsync())!;
        Assert.Equal("unfinished", (string?)unfinished["state"]);
        int done = (int)unfinished["done"]!;
        int planned = (int)unfinished["planned"]!;
        Assert.InRange(done, 1, planned - 1);

        (await RunAsync("audit", "--resume", "-o", "resumed.json")).Success();
        JsonNode finished = Assert.Single(await RunsAsync())!;
        Assert.Equal(id, (string?)finished["id"]);
        Assert.Equal("finished", (string?)finished["state"]);
        Assert.Equal(planned, (int)finished["done"]!);

        // A finished audit starts anew, and gives the same findings as the one that was interrupted.
        (await RunAsync("audit", "-o", "whole.json")).Success();
        Assert.Equal(2, (await RunsAsync()).Count);
        Assert.Equal(Findings("whole.json"), Findings("resumed.json"));

        Assert.Equal(2, (await RunAsync("runs", "rm", id)).ExitCode);
        (await RunAsync("runs", "rm", id, "--yes")).Success();
        Assert.NotEqual(id, (string?)Assert.Single(await RunsAsync())!["id"]);
    }

    private async Task PrepareAsync()
    {
        (await RunAsync("index", "build", Repository.At("demo/corpus"), "-o", "corpus.rix")).Success();
        File.WriteAllText(_folder.At("recite.yaml"), $$"""
            targets: ["onnx:{{Repository.At("models/demo")}}"]
            corpus: corpus.rix
            probes: [prefix: { samples: 160, prefix: 50t, suffix: 50t }]

            """);
    }

    private async Task<string> WaitForAttemptsAsync(ReciteProcess audit)
    {
        while (true)
        {
            Assert.False(audit.HasExited, "the audit ended before it could be interrupted");
            if ((await RunsAsync()) is [{ } run] && (int)run["done"]! > 0)
                return (string)run["id"]!;
        }
    }

    private async Task<JsonArray> RunsAsync() => JsonNode.Parse((await RunAsync("runs", "ls", "--json")).Success())!["runs"]!.AsArray();

    private string Findings(string report) => JsonNode.Parse(File.ReadAllText(_folder.At(report)))!["findings"]!.ToJsonString();

    private Task<ReciteResult> RunAsync(params string[] arguments) => ReciteProcess.RunAsync(_folder.Path, arguments);
}
