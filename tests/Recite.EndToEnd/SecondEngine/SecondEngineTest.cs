using System.Text.Json.Nodes;
using Recite.Testing.Files;

namespace Recite.EndToEnd.SecondEngine;

/// <summary>
/// T1 of the measurement document, by an engine that nobody here wrote: what comes back from the bundled model, and how probable
/// it is, does not depend on who runs the weights.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class SecondEngineTest
{
    private const int LeastScored = 200;
    private const int FewCanaries = 24;

    [Fact]
    public async Task Another_engine_extracts_the_same_canaries_and_gives_every_token_the_same_probability()
    {
        EngineComparison comparison = await EngineComparison.RunAsync(DemoModel.Folder, DemoModel.Folder);
        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant(
            $"{comparison.TheirHits.Count(hit => hit)} of {comparison.TheirHits.Count} passages come back from both; log-probabilities of {comparison.Differences.Count} tokens differ by at most {comparison.Largest:E1}, {comparison.Typical:E1} on average"));
        Assert.Empty(comparison.Complain());

        // That they agree says something only if there was something to disagree on.
        Assert.True(comparison.Differences.Count >= LeastScored * Passages.SuffixTokens);
        Assert.True(comparison.TheirHits.Count(hit => hit) > 100);
        Assert.Contains(false, comparison.TheirHits.Take(4 * 24));
    }

    [Theory]
    [InlineData("rms_norm_eps", 2e-5, "log-probabilities differ")]
    [InlineData("rope_theta", 10_100, "log-probabilities differ")]
    [InlineData("rope_theta", 500, "other canaries come back")]
    public async Task An_engine_that_computes_something_else_is_noticed(string setting, double value, string complaint)
    {
        using var folder = new TemporaryFolder();
        foreach (string file in Directory.EnumerateFiles(DemoModel.Folder))
            folder.Write(Path.Combine("model", Path.GetFileName(file)), await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        // The graph holds its own numbers; llama.cpp takes them from what the lab writes for it, which is config.json's.
        JsonNode config = JsonNode.Parse(await File.ReadAllBytesAsync(folder.At("model/config.json"), TestContext.Current.CancellationToken))!;
        Assert.NotEqual(value, (double)config[setting]!);
        config[setting] = value;
        folder.Write("model/config.json", config.ToJsonString());

        EngineComparison comparison = await EngineComparison.RunAsync(DemoModel.Folder, folder.At("model"), FewCanaries);
        Assert.Contains(comparison.Complain(), said => said.Contains(complaint, StringComparison.Ordinal));
    }
}
