using System.Text.Json.Nodes;
using Recite.Testing.Files;
using Recite.Testing.Servers;

namespace Recite.EndToEnd;

/// <summary>What a dry run says an audit will cost is what it then costs, within 20 %.</summary>
[Collection(ProcessTests.Name)]
public sealed class DryRunTest(ITestOutputHelper output)
{
    private const int Limit = 40;
    private const string Model = "demo";

    [Fact]
    public async Task Says_what_an_audit_of_a_local_model_will_cost()
    {
        using var folder = new TemporaryFolder();
        string index = await DemoModel.BuildIndexAsync(folder);
        string audit = DemoModel.WriteConfig(
            folder, "audit", index, $"onnx:{DemoModel.Folder}", "{ samples: 40, prefix: 50t, suffix: 50t }", Limit, "score: { context: both }");
        JsonNode plan = await CompareAsync(audit);
        Assert.True((long)plan["tokens"]!["scoring"]! > (long)plan["tokens"]!["completions"]!, "scoring is the larger part here");
        Assert.Equal(0, (int)plan["usd"]!);
        Assert.Null(plan["secondsExpected"]);

        // Now there is a run to take the time from.
        JsonNode again = await PlanAsync(audit);
        Assert.True((double)again["secondsExpected"]! > 0);
    }

    [Fact]
    public async Task Says_what_an_audit_through_a_server_will_cost()
    {
        using var folder = new TemporaryFolder();
        string index = await DemoModel.BuildIndexAsync(folder);
        await using TestServerProcess server = await TestServerProcess.StartAsync(TestContext.Current.CancellationToken, ["--model", DemoModel.Folder, "--name", Model]);
        string audit = DemoModel.WriteConfig(folder, "audit", index, server.TargetId(Model), "{ samples: 40, prefix: 100c, suffix: 120c }", Limit);
        JsonNode plan = await CompareAsync(audit);
        Assert.Null(plan["usd"]);
    }

    private async Task<JsonNode> CompareAsync(string audit)
    {
        JsonNode plan = await PlanAsync(audit);
        JsonObject report = await DemoModel.AuditAsync(audit);
        long expected = (long)plan["tokensExpected"]!, spent = (long)report["cost"]!["tokens"]!;
        output.WriteLine($"expected {expected} tokens, spent {spent}");
        Assert.Equal((int)plan["attempts"]!, (int)report["cost"]!["attempts"]!);
        Assert.InRange(expected, 0.8 * spent, 1.2 * spent);
        Assert.InRange(spent, 1, (long)plan["tokensAtMost"]!);
        return plan;
    }

    private static async Task<JsonNode> PlanAsync(string audit) =>
        JsonNode.Parse((await ReciteProcess.RunAsync(audit, "audit", "--dry-run", "--json", "--no-progress")).Success())!["targets"]![0]!;
}
