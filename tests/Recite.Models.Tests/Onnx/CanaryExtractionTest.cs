using System.Text.Json;
using Recite.Models.Onnx;
using Recite.Targets;

namespace Recite.Models.Tests.Onnx;

/// <summary>
/// T1 of the measurement document: what comes back from the bundled model through this target is what the lab's own decoder,
/// which shares no code with it, got back before the weights were exported.
/// </summary>
public sealed class CanaryExtractionTest
{
    [Fact]
    public async Task The_canaries_that_come_back_are_those_an_independent_decoder_got_back()
    {
        using JsonDocument extraction = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(DemoModel.Path, "extraction.json"), TestContext.Current.CancellationToken));
        using JsonDocument canaries = JsonDocument.Parse(await File.ReadAllBytesAsync(DemoModel.Canaries, TestContext.Current.CancellationToken));
        int prefixTokens = extraction.RootElement.GetProperty("prefixTokens").GetInt32();
        int suffixTokens = extraction.RootElement.GetProperty("suffixTokens").GetInt32();
        var texts = canaries.RootElement.GetProperty("canaries").EnumerateArray().ToDictionary(canary => canary.GetProperty("id").GetString()!, canary => canary.GetProperty("text").GetString()!, StringComparer.Ordinal);

        await using var target = new OnnxTarget(DemoModel.Path, new OnnxOptions { Threads = 1 });
        await target.ConnectAsync(TestContext.Current.CancellationToken);
        // Every planted canary, and some of those never planted.
        JsonElement[] outcomes = [.. extraction.RootElement.GetProperty("canaries").EnumerateArray()];
        JsonElement[] chosen = [.. outcomes.Where(outcome => outcome.GetProperty("duplicates").GetInt32() > 0), .. outcomes.Where(outcome => outcome.GetProperty("duplicates").GetInt32() == 0).Take(32)];
        int[][] windows = [.. chosen.Select(outcome =>
        {
            int[] tokens = [.. target.Tokenizer!.Encode(texts[outcome.GetProperty("id").GetString()!]).Select(token => token.Id)];
            return tokens[outcome.GetProperty("offset").GetInt32()..][..(prefixTokens + suffixTokens)];
        })];
        List<Completion> completions = await target.CompleteAllAsync([.. windows.Select((window, i) => Asking.Request(i, window[..prefixTokens], suffixTokens))]);
        List<SuffixScore> scores = await target.ScoreAllAsync([.. windows.Select(window => new ScoreRequest(window[..prefixTokens], window[prefixTokens..]))]);

        bool[] expected = [.. chosen.Select(outcome => outcome.GetProperty("extractedAtOffset").GetBoolean())];
        Assert.Contains(true, expected);
        Assert.Equal(expected, completions.Select((completion, i) => completion.Tokens!.SequenceEqual(windows[i][prefixTokens..])));
        // T6: one teacher-forced pass says the same.
        Assert.Equal(expected, scores.Select(score => score.Ranks.All(rank => rank == 0)));
    }
}
