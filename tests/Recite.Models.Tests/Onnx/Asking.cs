using Recite.Targets;

namespace Recite.Models.Tests.Onnx;

/// <summary>Short forms of asking a target, for tests.</summary>
internal static class Asking
{
    public static CompletionRequest Request(int index, IReadOnlyList<int> prompt, int maxTokens, SamplingOptions? sampling = null, ulong seed = 0) => new()
    {
        Index = index,
        AttemptId = $"attempt-{index}",
        Prompt = "",
        PromptTokens = prompt,
        MaxTokens = maxTokens,
        Sampling = sampling ?? new SamplingOptions(),
        Seed = seed,
    };

    /// <summary>All completions, in the order of the requests.</summary>
    public static async Task<List<Completion>> CompleteAllAsync(this ITarget target, IReadOnlyList<CompletionRequest> requests)
    {
        var completions = new List<Completion>();
        await foreach (Completion completion in target.CompleteAsync(requests, TestContext.Current.CancellationToken)) completions.Add(completion);
        Assert.Equal(requests.Select(request => request.Index).Order(), completions.Select(completion => completion.RequestIndex).Order());
        return [.. completions.OrderBy(completion => completion.RequestIndex)];
    }

    public static async Task<List<SuffixScore>> ScoreAllAsync(this ITarget target, IReadOnlyList<ScoreRequest> requests)
    {
        var scores = new List<SuffixScore>();
        await foreach (SuffixScore score in target.ScoreAsync(requests, TestContext.Current.CancellationToken)) scores.Add(score);
        return scores;
    }

    /// <summary>Seeded token ids, never the same twice for different seeds.</summary>
    public static int[] Tokens(ulong seed, int count, int vocabularySize) =>
        [.. Enumerable.Range(0, count).Select(i => (int)(Models.Onnx.Philox.Uniform(seed, (ulong)i) * vocabularySize))];
}
