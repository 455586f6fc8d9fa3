using System.Globalization;
using System.Text.Json.Nodes;
using Recite.Testing.Files;
using Recite.Testing.Servers;

namespace Recite.EndToEnd.Http;

/// <summary>
/// An audit through HTTP, against a real server process that answers with the bundled model and goes wrong in every way a server can,
/// gives the findings of the local audit, and no attempt is lost or counted twice.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class HttpAuditTest(ITestOutputHelper output)
{
    private const int Limit = 50;
    private const string Model = "demo";

    // Characters, because the tokenizer of a server is not known.
    private const string Prefix = "{ samples: 50, prefix: 150c, suffix: 120c, offset: random, repeat: 1, seed: 7 }";

    // A reply that never comes is left to the tests of the HTTP target, where the clock is not the wall's.
    private static readonly string[] Faults =
        ["--faults", "rate-limit,overloaded,error,refuse,truncate,drop,slow", "--fault-share", "0.5", "--rate-limit-every", "17", "--retry-after", "0"];

    [Fact]
    public Task Completions_with_faults_give_the_findings_of_the_local_run() => CompareAsync("completions");

    [Fact]
    public Task Chat_with_faults_gives_the_findings_of_the_local_run() => CompareAsync("chat", "--no-completions");

    private async Task CompareAsync(string endpoint, params string[] options)
    {
        using var folder = new TemporaryFolder();
        string index = await DemoModel.BuildIndexAsync(folder);
        await using TestServerProcess server = await TestServerProcess.StartAsync(
            TestContext.Current.CancellationToken, ["--model", DemoModel.Folder, "--name", Model, .. Faults, .. options]);
        string local = DemoModel.WriteConfig(folder, "local", index, $"onnx:{DemoModel.Folder}", Prefix, Limit, DemoModel.WithoutScores);
        string remote = DemoModel.WriteConfig(folder, "remote", index, server.TargetId(Model), Prefix, Limit, DemoModel.WithoutScores);

        JsonObject expected = await DemoModel.AuditAsync(local);
        JsonObject actual = await DemoModel.AuditAsync(remote);
        JsonObject counters = await server.ReadCountersAsync(TestContext.Current.CancellationToken);
        output.WriteLine(counters.ToJsonString());

        Assert.Equal(endpoint, (string?)actual["target"]!["endpoint"]);
        CheckCounts(expected, actual, counters, endpoint);
        string[] findings = [.. expected["findings"]!.AsArray().Select(Describe)];
        Assert.True(findings.Length >= 5, $"{findings.Length} findings are too few to compare");
        Assert.Equal(findings, actual["findings"]!.AsArray().Select(Describe));
        foreach (string part in (string[])["rates", "controls"])
            Assert.Equal(expected[part]!.AsArray().Where(IsComparable).Select(Show), actual[part]!.AsArray().Where(IsComparable).Select(Show));
    }

    private static void CheckCounts(JsonObject expected, JsonObject actual, JsonObject counters, string endpoint)
    {
        int attempts = (int)actual["cost"]!["attempts"]!;
        Assert.Equal((int)expected["cost"]!["attempts"]!, attempts);
        Assert.Equal(attempts, actual["dispositions"]!.AsObject().Sum(disposition => (int)disposition.Value!));
        Assert.Equal(0, (int)actual["dispositions"]!["error"]!);

        // More than the attempts: the greeting that finds out what the server speaks and, where text is continued, one prompt that asks
        // in two ways whether it is scored.
        bool isAskedForScores = endpoint == "completions";
        int served = attempts + 1 + (isAskedForScores ? 2 : 0);
        Assert.Equal(served, (int)counters["served"]!);
        Assert.Equal(attempts + 1 + (isAskedForScores ? 1 : 0), (int)counters["promptsServed"]!);
        foreach (string fault in (string[])["RateLimit", "Overloaded", "Error", "Refuse", "Truncate", "Drop", "Slow"])
            Assert.True((int)counters["faults"]![fault]! > 0, $"the server never went wrong by {fault}: {counters["faults"]!.ToJsonString()}");
        int spoiled = counters["faults"]!.AsObject().Sum(fault => fault.Key == "Slow" ? 0 : (int)fault.Value!);
        Assert.Equal(served + spoiled, (int)counters["requests"]!);
    }

    // What is measured over completed attempts depends on whether a model had stopped by itself when it was cut off, and a server is
    // asked for more tokens than a local model, because its tokens are not known.
    private static bool IsComparable(JsonNode? rate) => (string?)rate!["base"] == "attempts";

    private static string Show(JsonNode? rate) => rate!.ToJsonString();

    // Not the completion, which a local model ends at the last token and a server at the last character, and not what only scoring gives.
    private static string Describe(JsonNode? finding)
    {
        JsonNode match = finding!["match"]!;
        string sources = string.Join(' ', match["sources"]!.AsArray().Select(source => $"{source!["document"]}:{source["start"]}-{source["end"]}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{finding["attempt"]} {finding["kind"]} {match["start"]}-{match["end"]} {match["characters"]}c {match["words"]}w x{match["occurrences"]} {finding["duplicates"]} '{finding["evidence"]!["output"]!["text"]}' {sources}");
    }
}
