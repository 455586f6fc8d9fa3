using System.Text.Json.Nodes;
using Recite.Testing;
using Recite.Testing.Files;

namespace Recite.EndToEnd;

/// <summary>What an audit tells a pipeline: gates, errors and budgets by exit code, and a report in each case.</summary>
public sealed class AuditExitCodeTest : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        (await RunAsync("index", "build", Repository.At("demo/corpus"), "-o", "corpus.rix")).Success();
        _folder.Write("recite.yaml", $$"""
            targets: ["onnx:{{Repository.At("models/demo")}}"]
            corpus: corpus.rix
            limit: 42

            """);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_rule_that_must_not_hold_and_does_is_3_and_the_report_says_fail()
    {
        ReciteResult result = await RunAsync("audit", "--fail-on", "extraction-rate > 0.1%", "-o", "report.json");
        Assert.True(result.ExitCode == 3, result.Error + result.Output);
        Assert.Equal("fail", Verdict());
    }

    [Fact]
    public async Task A_rule_that_holds_is_0()
    {
        (await RunAsync("audit", "--fail-on", "longest >= 1000w", "-o", "report.json")).Success();
        Assert.Equal("pass", Verdict());
    }

    [Fact]
    public async Task What_cannot_be_decided_is_3_unless_it_may_pass()
    {
        // A handful of samples cannot decide about one percentage inside their wide interval.
        string[] undecided = ["audit", "--limit", "7", "--fail-on", "extraction-rate > 50%", "-o", "report.json"];
        Assert.Equal(3, (await RunAsync(undecided)).ExitCode);
        Assert.Equal("inconclusive", Verdict());
        (await RunAsync([.. undecided, "--inconclusive", "pass"])).Success();
    }

    [Fact]
    public async Task A_spent_budget_is_5_with_a_report_and_more_money_continues()
    {
        ReciteResult spent = await RunAsync("audit", "--budget", "tokens=2K", "-o", "report.json");
        Assert.True(spent.ExitCode == 5, spent.Error + spent.Output);
        JsonNode report = Report();
        Assert.False((bool)report["run"]!["complete"]!);
        Assert.InRange((int)report["cost"]!["attempts"]!, 1, 41);

        (await RunAsync("audit", "--budget", "tokens=1M", "-o", "report.json")).Success();
        Assert.Equal((string?)report["run"]!["id"], (string?)Report()["run"]!["id"]);
        Assert.Equal(42, (int)Report()["cost"]!["attempts"]!);
    }

    [Fact]
    public async Task A_target_that_answers_nothing_is_4()
    {
        _folder.Write("outputs.jsonl", """{"id": "other", "prompt": "other", "completion": "other"}""" + "\n");
        _folder.Write("recorded.yaml", """
            targets: ["replay:outputs.jsonl"]
            corpus: corpus.rix
            limit: 10
            probes: [prefix: { prefix: 100c, suffix: 60c }]

            """);
        ReciteResult result = await RunAsync("audit", "recorded.yaml", "-o", "report.json");
        Assert.True(result.ExitCode == 4, result.Error + result.Output);
        Assert.Equal((int)Report()["cost"]!["attempts"]!, (int)Report()["dispositions"]!["error"]!);
    }

    [Fact]
    public async Task A_dry_run_asks_nothing_and_leaves_nothing()
    {
        JsonNode plan = JsonNode.Parse((await RunAsync("audit", "--dry-run", "--json")).Success())!;
        Assert.Equal(42, (int)plan["targets"]![0]!["attempts"]!);
        Assert.Equal(0, (int)plan["targets"]![0]!["usd"]!);
        Assert.False(Directory.Exists(_folder.At("runs")));
    }

    [Fact]
    public async Task A_run_can_be_exported_and_its_report_written_again()
    {
        (await RunAsync("audit", "-o", "first.json")).Success();
        string id = (string)JsonNode.Parse(File.ReadAllText(_folder.At("first.json")))!["run"]!["id"]!;
        (await RunAsync("runs", "export", id, "-o", "outputs.jsonl")).Success();
        Assert.Equal(42, File.ReadLines(_folder.At("outputs.jsonl")).Count());
        (await RunAsync("report", id, "-o", "again.json")).Success();
        Assert.Equal(File.ReadAllText(_folder.At("first.json")), File.ReadAllText(_folder.At("again.json")));
    }

    private string? Verdict() => (string?)Assert.Single(Report()["gates"]!.AsArray())!["verdict"];

    private JsonNode Report() => JsonNode.Parse(File.ReadAllText(_folder.At("report.json")))!;

    private Task<ReciteResult> RunAsync(params string[] arguments) => ReciteProcess.RunAsync(_folder.Path, arguments);
}
