using Recite.Models.Onnx;
using Recite.Targets;

namespace Recite.Models.Tests.Onnx;

/// <summary>The bundled model's scores: cached, uncached and batched agree, with each other and with a bare session.</summary>
public sealed class OnnxScoringTest : IAsyncLifetime
{
    private const int Vocabulary = 1000;
    private readonly BareSession _bare = new();
    private readonly OnnxTarget _target = new(DemoModel.Path, new OnnxOptions { Threads = 1 });

    public async ValueTask InitializeAsync() => await _target.ConnectAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _bare.Dispose();
        await _target.DisposeAsync();
    }

    [Fact]
    public void Cached_uncached_and_batched_logits_agree()
    {
        using LoadedModel model = LoadedModel.Load(DemoModel.Path, 1, TestContext.Current.CancellationToken);
        Assert.True(model.Decoder.HasCache);
        Assert.True(model.Trial.BearsPadding);
        int[][] sequences = [.. Enumerable.Range(0, 6).Select(i => Asking.Tokens((ulong)i, 20 + 7 * i, Vocabulary))];
        const int Steps = 15;
        int[][] prompts = [.. sequences.Select(sequence => sequence[..^Steps])];
        foreach (bool useCache in (bool[])[true, false])
        {
            using var batch = new DecoderBatch(model.Decoder, prompts, useCache);
            Assert.Equal(useCache, batch.UsesCache);
            LogitsTensor logits = batch.Start(TestContext.Current.CancellationToken);
            for (int step = 0; step <= Steps; step++)
            {
                for (int row = 0; row < sequences.Length; row++)
                {
                    float[] expected = _bare.Logits(sequences[row][..(prompts[row].Length + step)])[^1];
                    AssertClose(expected, logits.AtLast(row));
                }

                logits.Dispose();
                if (step < Steps) logits = batch.Advance([.. sequences.Select((sequence, row) => sequence[prompts[row].Length + step])], TestContext.Current.CancellationToken);
            }
        }
    }

    [Fact]
    public async Task Scores_are_those_of_a_bare_session_whatever_the_batch()
    {
        ScoreRequest[] requests = [.. Enumerable.Range(0, 37).Select(i =>
            new ScoreRequest(Asking.Tokens((ulong)i, 1 + i * 7 % 50, Vocabulary), Asking.Tokens((ulong)(500 + i), 1 + i * 11 % 50, Vocabulary)))];
        await using var single = new OnnxTarget(DemoModel.Path, new OnnxOptions { Threads = 1, BatchSize = 1 });
        await single.ConnectAsync(TestContext.Current.CancellationToken);
        List<SuffixScore> batched = await _target.ScoreAllAsync(requests);
        List<SuffixScore> alone = await single.ScoreAllAsync(requests);
        for (int i = 0; i < requests.Length; i++)
        {
            int[] window = [.. Beginning(), .. requests[i].Prefix, .. requests[i].Suffix];
            float[][] logits = _bare.Logits(window);
            int first = window.Length - requests[i].Suffix.Count;
            for (int j = 0; j < requests[i].Suffix.Count; j++)
            {
                double[] row = [.. logits[first + j - 1].Select(logit => (double)logit)];
                double expected = row[window[first + j]] - Math.Log(row.Sum(Math.Exp));
                double[] sorted = [.. row.OrderDescending()];
                foreach (SuffixScore score in (SuffixScore[])[batched[i], alone[i]])
                {
                    Assert.Equal(expected, score.LogProbabilities[j], 1e-4);
                    Assert.Equal(sorted[0] - sorted[1], score.Margins[j], 1e-4);
                    // A rank may move by as many tokens as stand within rounding of the true one.
                    double own = row[window[first + j]];
                    Assert.InRange(score.Ranks[j], row.Count(logit => logit > own + 1e-4), row.Count(logit => logit > own - 1e-4));
                }
            }

            Assert.Equal(batched[i].LogProbabilities.Sum(), batched[i].LogProbability);
        }
    }

    [Fact]
    public async Task A_greedy_completion_scores_rank_zero_throughout_and_another_token_does_not()
    {
        // T6: one pass over a window says whether greedy decoding would give its suffix.
        CompletionRequest[] requests = [.. Enumerable.Range(0, 40).Select(i => Asking.Request(i, Asking.Tokens((ulong)i, 10, Vocabulary), 12))];
        List<Completion> completions = await _target.CompleteAllAsync(requests);
        (Completion Completion, IReadOnlyList<int> Prompt)[] whole = [.. completions.Zip(requests.Select(request => request.PromptTokens!)).Where(pair => pair.First.Tokens!.Count > 1)];
        Assert.NotEmpty(whole);
        List<SuffixScore> scores = await _target.ScoreAllAsync([.. whole.Select(pair => new ScoreRequest(pair.Prompt, pair.Completion.Tokens!))]);
        List<SuffixScore> broken = await _target.ScoreAllAsync([.. whole.Select(pair => new ScoreRequest(pair.Prompt, [.. pair.Completion.Tokens!.SkipLast(1), (pair.Completion.Tokens![^1] + 1) % Vocabulary]))]);
        foreach ((SuffixScore score, SuffixScore wrong) in scores.Zip(broken))
        {
            for (int i = 0; i < score.Ranks.Count; i++) Assert.True(score.Ranks[i] == 0 || score.Margins[i] < 1e-3);
            Assert.NotEqual(0, wrong.Ranks[^1]);
        }
    }

    [Fact]
    public async Task Generated_tokens_carry_the_scores_of_one_pass()
    {
        await using var target = new OnnxTarget(DemoModel.Path, new OnnxOptions { Threads = 1, LogProbabilities = true });
        await target.ConnectAsync(TestContext.Current.CancellationToken);
        CompletionRequest[] requests = [.. Enumerable.Range(0, 20).Select(i =>
            Asking.Request(i, Asking.Tokens((ulong)i, 5 + i, Vocabulary), 15, new SamplingOptions { Temperature = i % 2 }, seed: (ulong)i))];
        List<Completion> completions = [.. (await target.CompleteAllAsync(requests)).Where(completion => completion.Tokens!.Count > 0)];
        Assert.NotEmpty(completions);
        List<SuffixScore> scores = await target.ScoreAllAsync([.. completions.Select(completion => new ScoreRequest(requests[completion.RequestIndex].PromptTokens!, completion.Tokens!))]);
        foreach ((Completion completion, SuffixScore score) in completions.Zip(scores))
        {
            Assert.Equal(score.LogProbabilities.Count, completion.LogProbabilities!.Count);
            foreach ((double expected, double actual) in score.LogProbabilities.Zip(completion.LogProbabilities)) Assert.Equal(expected, actual, 1e-4);
        }
    }

    [Fact]
    public async Task Windows_that_cannot_be_scored_are_one_sentence_among_the_others()
    {
        int context = _target.Capabilities.ContextTokens!.Value;
        Assert.Contains("empty suffix", await FailsAsync(new ScoreRequest([1], [])), StringComparison.Ordinal);
        Assert.Contains("context holds", await FailsAsync(new ScoreRequest(Asking.Tokens(1, context, Vocabulary), [1])), StringComparison.Ordinal);
        Assert.Contains("Token id 999999", await FailsAsync(new ScoreRequest([1], [999_999])), StringComparison.Ordinal);
        Assert.Contains("penalty has no score", await FailsAsync(new ScoreRequest([1], [2]) { Schemes = [new SamplingOptions { PresencePenalty = 1 }] }), StringComparison.Ordinal);
        Assert.Contains("top-p", await FailsAsync(new ScoreRequest([1], [2]) { Schemes = [new SamplingOptions { TopP = 2 }] }), StringComparison.Ordinal);
        if (Beginning().Count == 0) Assert.Contains("nothing before its suffix", await FailsAsync(new ScoreRequest([], [1])), StringComparison.Ordinal);
    }

    private static void AssertClose(float[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 0;
        for (int i = 0; i < expected.Length; i++) largest = Math.Max(largest, Math.Abs(expected[i] - actual[i]));
        Assert.InRange(largest, 0, 1e-4);
    }

    private List<int> Beginning() => _target.Tokenizer!.BeginningOfText is { } beginning ? [beginning] : [];

    // Between two windows that can be scored, which must not suffer.
    private async Task<string> FailsAsync(ScoreRequest request)
    {
        ScoreRequest good = new([1], [2, 3]) { Index = 7 };
        List<SuffixScore> scores = await _target.ScoreAllAsync([good, request with { Index = 9 }, good]);
        Assert.Equal([7, 9, 7], scores.Select(score => score.RequestIndex));
        Assert.Equal((2, 2), (scores[0].LogProbabilities.Count, scores[2].LogProbabilities.Count));
        Assert.Empty(scores[1].LogProbabilities);
        Assert.True(double.IsNaN(scores[1].LogProbability));
        return scores[1].Error!;
    }
}
