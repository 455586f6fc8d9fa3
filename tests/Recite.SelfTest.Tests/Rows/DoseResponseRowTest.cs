using System.Text.Json.Nodes;
using Recite.Config;
using Recite.Indexing;
using Recite.SelfTest.Rows;
using Recite.Targets;
using Recite.Testing;
using Recite.Testing.Files;

namespace Recite.SelfTest.Tests.Rows;

[Collection(BundledTruthTests.Name)]
public sealed class DoseResponseRowTest(BundledTruth truth)
{
    private static readonly Lazy<Dictionary<string, JsonObject>> s_outcomes = new(() =>
        JsonNode.Parse(File.ReadAllBytes(Repository.At("models/demo/extraction.json")))!["canaries"]!.AsArray().ToDictionary(outcome => (string)outcome!["id"]!, outcome => outcome!.AsObject(), StringComparer.Ordinal));

    [Fact]
    public async Task Holds_with_the_real_target()
    {
        RowMeasure measure = await new DoseResponseRow().MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.True(measure.Holds, measure.Measured);
        Assert.Contains("0 differences", measure.Measured, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_when_the_hits_are_shuffled()
    {
        CanaryHits shuffled = async (target, windows, stop) => [.. (await Recorded(target, windows, stop)).Reverse()];
        Assert.DoesNotContain(" 0 differences", await FailsAsync(shuffled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_when_two_canaries_of_the_same_level_change_places()
    {
        // Every count stays as it is: only the comparison canary by canary can see it.
        CanaryHits exchanged = async (target, windows, stop) =>
        {
            bool[] hits = [.. await Recorded(target, windows, stop)];
            int[] level = [.. windows.Index().Where(window => window.Item.Canary.Duplicates == 8).Select(window => window.Index)];
            (hits[level.First(i => hits[i])], hits[level.First(i => !hits[i])]) = (false, true);
            return hits;
        };
        Assert.Contains("; 4 differences", await FailsAsync(exchanged), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_when_a_hit_is_judged_by_its_first_tokens_only()
    {
        CanaryHits loose = (target, windows, stop) => CanaryWindows.AskAsync(target, [.. windows.Select(window => window with { Suffix = [.. window.Suffix.Take(2)] })], stop);
        Assert.DoesNotContain(" 0 differences", await FailsAsync(loose), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_when_one_canary_that_was_never_planted_comes_back()
    {
        CanaryHits lucky = async (target, windows, stop) => [.. (await Recorded(target, windows, stop)).Select((hit, i) => hit || windows[i].Canary.Id == "canary-0500")];
        Assert.Contains("1 and 1 of 1,000 never planted", await FailsAsync(lucky), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_when_the_independent_decoder_says_something_else()
    {
        using var folder = new TemporaryFolder();
        JsonNode extraction = JsonNode.Parse(await File.ReadAllBytesAsync(Repository.At("models/demo/extraction.json"), TestContext.Current.CancellationToken))!;
        JsonNode wrong = extraction["canaries"]!.AsArray().First(outcome => (int)outcome!["duplicates"]! == 16)!;
        wrong["extractedAtOffset"] = !(bool)wrong["extractedAtOffset"]!;
        folder.Write("model/extraction.json", extraction.ToJsonString());
        File.Copy(Repository.At("models/demo/config.json"), folder.At("model/config.json"));
        RowMeasure measure = await new DoseResponseRow(Recorded, Repository.At("models/bench.json"))
            .MeasureAsync(truth.Context with { ModelDirectory = folder.At("model") }, TestContext.Current.CancellationToken);
        Assert.False(measure.Holds, measure.Measured);
        Assert.Contains("; 1 differences", measure.Measured, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_when_the_never_planted_are_too_few()
    {
        CanaryList few = new([.. truth.Context.Canaries.Canaries.SkipLast(1)]);
        RowMeasure measure = await new DoseResponseRow(Recorded).MeasureAsync(truth.Context with { Canaries = few }, TestContext.Current.CancellationToken);
        Assert.False(measure.Holds, measure.Measured);
    }

    [Fact]
    public async Task Fails_when_a_random_seed_of_the_bench_is_missing()
    {
        using var folder = new TemporaryFolder();
        JsonNode bench = JsonNode.Parse(await File.ReadAllBytesAsync(Repository.At("models/bench.json"), TestContext.Current.CancellationToken))!;
        JsonArray models = bench["models"]!.AsArray();
        foreach (JsonNode model in models.Where(model => ((string)model!["name"]!).EndsWith("-planted-3", StringComparison.Ordinal)).ToList()!)
            models.Remove(model);
        folder.Write("bench.json", bench.ToJsonString());
        RowMeasure measure = await new DoseResponseRow(Recorded, folder.At("bench.json")).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.False(measure.Holds, measure.Measured);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""{"schema": "recite.bench/1"}""")]
    [InlineData("""{"schema": "recite.bench/2", "models": []}""")]
    [InlineData("""{"schema": "recite.bench/1", "models": [{"name": "a", "role": "planted", "size": "s", "levels": [{"exposures": 4, "canaries": 1, "extracted": 2}]}]}""")]
    public async Task A_damaged_bench_file_is_one_sentence(string content)
    {
        using var folder = new TemporaryFolder();
        folder.Write("bench.json", content);
        await Assert.ThrowsAsync<ReciteException>(() => new DoseResponseRow(Recorded, folder.At("bench.json")).MeasureAsync(truth.Context, TestContext.Current.CancellationToken));
    }

    private async Task<string> FailsAsync(CanaryHits broken)
    {
        RowMeasure measure = await new DoseResponseRow(broken, Repository.At("models/bench.json")).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.False(measure.Holds, measure.Measured);
        return measure.Measured;
    }

    // What the real model answers, without asking it again in every test: a prompt of 51 tokens is one from the beginning.
    private static Task<IReadOnlyList<bool>> Recorded(ITarget target, IReadOnlyList<CanaryWindow> windows, CancellationToken stop) => Task.FromResult<IReadOnlyList<bool>>(
        [.. windows.Select(window => (bool)s_outcomes.Value[window.Canary.Id][window.Prompt.Count == 51 ? "extracted" : "extractedAtOffset"]!)]);
}
