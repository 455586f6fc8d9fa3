using System.Text.Json.Nodes;
using Recite.Config;
using Recite.Models.Onnx;
using Recite.Targets;
using Recite.Testing;

namespace Recite.EndToEnd.SecondEngine;

/// <summary>
/// T1 of the measurement document, by an engine that nobody here wrote: what comes back from the bundled model, and how probable
/// it is, does not depend on who runs the weights.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class SecondEngineTest
{
    private const int PrefixTokens = 50;
    private const int SuffixTokens = 50;
    private const int NeverPlanted = 104;
    private const int LeastScored = 200;

    // Float32 on both sides, sums in another order: measured differences lie below 1e-5.
    private const double Tolerance = 1e-4;

    private static readonly int[] s_levels = [64, 32, 16, 8];

    [Fact]
    public async Task Another_engine_extracts_the_same_canaries_and_gives_them_the_same_probabilities()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        CanaryList list = CanaryList.Read(Repository.At("demo/canaries.json"));
        Canary[] canaries = [.. list.Canaries.Where(canary => s_levels.Contains(canary.Duplicates)), .. list.Canaries.Where(canary => canary.Duplicates == 0).Take(NeverPlanted)];
        await using var target = new OnnxTarget(DemoModel.Folder, new OnnxOptions { Threads = 1 });
        await target.ConnectAsync(cancellation);

        // :: Step 1: the same windows for both, from the beginning of each canary after the separator, and a few tokens further on.
        Assert.Null(target.Tokenizer!.BeginningOfText);
        int separator = (int)JsonNode.Parse(await File.ReadAllBytesAsync(Path.Combine(DemoModel.Folder, "config.json"), cancellation))!["eos_token_id"]!;
        int[][] tokens = [.. canaries.Select(canary => target.Tokenizer.Encode(canary.Text).Select(token => token.Id).ToArray())];
        Passage[] passages =
        [
            .. tokens.Select((ids, i) => Cut(canaries[i].Text, ids, 0, [separator], scored: true)),
            .. tokens.Select((ids, i) => Cut(canaries[i].Text, ids, i % (ids.Length - PrefixTokens - SuffixTokens + 1), [], scored: false)),
        ];

        // :: Step 2: ask both.
        IReadOnlyList<PassageAnswer> theirs = await LlamaCpp.AskAsync(DemoModel.Folder, passages);
        var completions = new Completion[passages.Length];
        await foreach (Completion completion in target.CompleteAsync([.. passages.Select(Request)], cancellation))
            completions[completion.RequestIndex] = completion;
        var scores = new SuffixScore[passages.Length];
        await foreach (SuffixScore score in target.ScoreAsync([.. passages.Select((passage, i) => new ScoreRequest(passage.Prompt, passage.Suffix) { Index = i })], cancellation))
            scores[score.RequestIndex] = score;

        // :: Step 3: the tokens, the canaries that came back, and their number at each level.
        Assert.All(canaries.Index(), canary => Assert.Equal(tokens[canary.Index], theirs[canary.Index].Tokens));
        bool[] ourHits = [.. completions.Select((completion, i) => completion.Tokens!.SequenceEqual(passages[i].Suffix))];
        bool[] theirHits = [.. theirs.Select((answer, i) => answer.Greedy.SequenceEqual(passages[i].Suffix))];
        Assert.Equal(ourHits, theirHits);
        Assert.Equal(HitsByLevel(canaries, ourHits), HitsByLevel(canaries, theirHits));
        Assert.True(theirHits.Count(hit => hit) > s_levels.Length * 24);

        // :: Step 4: the probabilities of every token.
        int[] scored = [.. passages.Index().Where(passage => passage.Item.Scored).Select(passage => passage.Index)];
        Assert.True(scored.Length >= LeastScored);
        Assert.All(scored, i => Assert.Equal(SuffixTokens, theirs[i].LogProbabilities!.Count));
        double largest = scored.Max(i => theirs[i].LogProbabilities!.Zip(scores[i].LogProbabilities, (their, our) => Math.Abs(their - our)).Max());
        TestContext.Current.SendDiagnosticMessage($"largest difference of a log-probability: {largest:E1}");
        Assert.True(largest <= Tolerance, $"llama.cpp and ONNX Runtime differ by {largest:E2} nats in a token.");
    }

    private static Passage Cut(string text, int[] ids, int offset, int[] before, bool scored) => new(
        text,
        [.. before, .. ids[offset..(offset + PrefixTokens)]],
        ids[(offset + PrefixTokens)..(offset + PrefixTokens + SuffixTokens)],
        scored);

    private static CompletionRequest Request(Passage passage, int index) =>
        new() { Index = index, AttemptId = $"passage-{index}", Prompt = "", PromptTokens = passage.Prompt, MaxTokens = SuffixTokens };

    private static int[] HitsByLevel(Canary[] canaries, bool[] hits) =>
        [.. s_levels.Append(0).SelectMany(level => (int[])[0, canaries.Length], (level, first) => canaries.Index().Count(canary => canary.Item.Duplicates == level && hits[first + canary.Index]))];
}
