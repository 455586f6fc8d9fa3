using Recite.Models.Onnx;
using Recite.Targets;

namespace Recite.Models.Tests.Onnx;

/// <summary>The bundled model's completions, against a bare session.</summary>
public sealed class OnnxGenerationTest : IAsyncLifetime
{
    private const int Vocabulary = 1000;
    private readonly BareSession _bare = new();
    private readonly OnnxTarget _target = new(DemoModel.Path, new OnnxOptions { Threads = 1, BatchSize = 8 });

    public async ValueTask InitializeAsync() => await _target.ConnectAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _bare.Dispose();
        await _target.DisposeAsync();
    }

    [Fact]
    public async Task Greedy_decoding_equals_step_by_step_argmax()
    {
        // Mixed lengths in one batch; real text, since that is what a trained model has seen.
        string[] texts = ["The", "It was a quiet morning, and the", "\n\n", "In the beginning of the year there was nothing to be done about it, so", "she said:", "a", "12 ", "Über"];
        CompletionRequest[] requests = [.. texts.Select((text, i) => new CompletionRequest { Index = i, AttemptId = $"{i}", Prompt = text, MaxTokens = 24 })];
        List<Completion> completions = await _target.CompleteAllAsync(requests);
        foreach ((string text, Completion completion) in texts.Zip(completions))
        {
            List<int> sequence = Beginning();
            sequence.AddRange(_target.Tokenizer!.Encode(text).Select(token => token.Id));
            Assert.Equal(sequence.Count, completion.PromptTokenCount);
            List<int> expected = [];
            while (expected.Count < 24)
            {
                int next = BareSession.Argmax(_bare.Logits(sequence)[^1]);
                if (next == EndOfText()) break;
                expected.Add(next);
                sequence.Add(next);
            }

            Assert.Equal(expected, completion.Tokens);
            Assert.Equal(_target.Tokenizer!.Decode(expected), completion.Text);
            Assert.Equal(expected.Count == 24 ? "length" : "stop", completion.FinishReason);
        }
    }

    [Fact]
    public async Task Sampling_at_temperature_one_follows_the_models_own_distribution()
    {
        const int Draws = 10_000;
        int[] prompt = [.. Beginning(), .. _target.Tokenizer!.Encode("The").Select(token => token.Id)];
        double[] distribution = _bare.Distribution(prompt);
        int[] asked = [.. prompt.Skip(Beginning().Count)];
        List<Completion> completions = await _target.CompleteAllAsync(
            [.. Enumerable.Range(0, Draws).Select(i => Asking.Request(i, asked, 1, new SamplingOptions { Temperature = 1 }, seed: (ulong)(20_000 + i)))]);
        double[] counts = new double[distribution.Length];
        foreach (Completion completion in completions) counts[completion.FinishReason is "stop" ? EndOfText() : completion.Tokens![0]]++;
        Assert.True(ChiSquare.IsPlausible(counts, [.. distribution.Select(share => share * Draws)]));

        // The test has teeth: a distribution a little too sharp is told from the model's own.
        double[] sharp = [.. distribution.Select(share => Math.Pow(share, 1.15))];
        Assert.False(ChiSquare.IsPlausible(counts, [.. sharp.Select(share => share / sharp.Sum() * Draws)]));
    }

    [Fact]
    public async Task Later_draws_of_one_completion_follow_their_conditional_distribution()
    {
        // Second tokens, grouped by nothing: their cumulative probabilities under the right conditional are uniform.
        const int Draws = 1_000;
        int[] prompt = Asking.Tokens(5, 3, Vocabulary);
        List<Completion> completions = await _target.CompleteAllAsync(
            [.. Enumerable.Range(0, Draws).Select(i => Asking.Request(i, prompt, 2, new SamplingOptions { Temperature = 1 }, seed: (ulong)i))]);
        double[] cells = new double[10];
        for (int i = 0; i < Draws; i++)
        {
            if (completions[i].Tokens!.Count < 2) continue;
            (int first, int second) = (completions[i].Tokens![0], completions[i].Tokens![1]);
            double[] distribution = _bare.Distribution([.. Beginning(), .. prompt, first]);
            double below = distribution.Take(second).Sum();
            // The step's own number must fall into the interval of the token that was drawn.
            double uniform = Philox.Uniform((ulong)i, 1);
            Assert.InRange(uniform, below - 1e-4, below + distribution[second] + 1e-4);
            cells[(int)(10 * uniform)]++;
        }

        Assert.True(ChiSquare.IsPlausible(cells, [.. cells.Select(_ => cells.Sum() / 10)]));
    }

    [Fact]
    public async Task A_completion_depends_on_its_own_seed_and_prompt_only()
    {
        var sampling = new SamplingOptions { Temperature = 1, TopK = 50, TopP = 0.95, RepetitionPenalty = 1.1 };
        CompletionRequest[] requests = [.. Enumerable.Range(0, 20).Select(i => Asking.Request(i, Asking.Tokens((ulong)i, 2 + i % 5, Vocabulary), 12, sampling, (ulong)i))];
        List<Completion> together = await _target.CompleteAllAsync(requests);
        List<Completion> again = await _target.CompleteAllAsync(requests);
        List<Completion> backwards = await _target.CompleteAllAsync([.. requests.Reverse()]);
        for (int i = 0; i < requests.Length; i++)
        {
            Completion alone = Assert.Single(await _target.CompleteAllAsync([requests[i]]));
            foreach (Completion other in (Completion[])[again[i], backwards[i], alone])
                Assert.Equal((together[i].Text, together[i].FinishReason), (other.Text, other.FinishReason));
        }

        List<Completion> otherSeeds = await _target.CompleteAllAsync([.. requests.Select(request => request with { Seed = request.Seed + 1000 })]);
        Assert.Contains(together.Zip(otherSeeds), pair => pair.First.Text.Length != pair.Second.Text.Length || !pair.First.Text.StartsWith(pair.Second.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Penalties_act_on_the_tokens_of_their_own_sequence()
    {
        // A frequency penalty this strong forbids what was generated, a repetition penalty this strong the prompt as well.
        int[] prompt = Asking.Tokens(8, 6, Vocabulary);
        List<Completion> completions = await _target.CompleteAllAsync(
        [
            Asking.Request(0, prompt, 40, new SamplingOptions { FrequencyPenalty = 1000 }),
            Asking.Request(1, prompt, 40, new SamplingOptions { PresencePenalty = 1000 }),
            Asking.Request(2, prompt, 40),
        ]);
        Assert.Distinct(completions[0].Tokens!);
        Assert.Equal(completions[0].Tokens, completions[1].Tokens);
        Assert.Equal(completions[2].Tokens![0], completions[0].Tokens![0]);
    }

    [Fact]
    public async Task Stops_where_the_context_ends_and_says_so()
    {
        int context = _target.Capabilities.ContextTokens!.Value;
        int[] prompt = Asking.Tokens(4, context - 3 - Beginning().Count, Vocabulary);
        Completion[] completions = [.. await _target.CompleteAllAsync(
        [
            Asking.Request(0, prompt, 50, new SamplingOptions { Temperature = 1 }, seed: 1),
            Asking.Request(1, Asking.Tokens(4, context - Beginning().Count, Vocabulary), 50),
            Asking.Request(2, [1, 2], 5),
        ])];
        Assert.Equal((Disposition.Truncated, "length", 3), (completions[0].Disposition, completions[0].FinishReason, completions[0].Tokens!.Count));
        Assert.Equal(Disposition.Error, completions[1].Disposition);
        Assert.Contains($"the model's context holds {context}", completions[1].Error, StringComparison.Ordinal);
        Assert.Null(completions[2].Error);
    }

    [Fact]
    public async Task Requests_that_cannot_be_run_are_errors_and_harm_no_others()
    {
        Completion[] completions = [.. await _target.CompleteAllAsync(
        [
            Asking.Request(0, [], 5),
            Asking.Request(1, [1, 2, 3], 5),
            Asking.Request(2, [1, 999_999], 5),
            Asking.Request(3, [-1], 5),
            Asking.Request(4, [1], 0),
            Asking.Request(5, [1], 5, new SamplingOptions { Temperature = double.NaN }),
        ])];
        Assert.Null(completions[1].Error);
        if (Beginning().Count == 0) Assert.Contains("The prompt is empty", completions[0].Error, StringComparison.Ordinal);
        Assert.Contains("Token id 999999 is not in the model's vocabulary", completions[2].Error, StringComparison.Ordinal);
        Assert.Contains("Token id -1", completions[3].Error, StringComparison.Ordinal);
        Assert.Contains("asks for 0 tokens", completions[4].Error, StringComparison.Ordinal);
        Assert.Contains("temperature", completions[5].Error, StringComparison.Ordinal);
        Assert.All(completions.Skip(2), completion => Assert.Equal((Disposition.Error, ""), (completion.Disposition, completion.Text)));
    }

    [Fact]
    public async Task Cancelling_ends_the_enumeration()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        CompletionRequest[] requests = [.. Enumerable.Range(0, 40).Select(i => Asking.Request(i, [1, 2], 8))];
        int seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (Completion _ in _target.CompleteAsync(requests, source.Token))
            {
                if (++seen == 3) await source.CancelAsync();
            }
        });
        Assert.Equal(8, seen);
    }

    private List<int> Beginning() => _target.Tokenizer!.BeginningOfText is { } beginning ? [beginning] : [];

    private static int EndOfText() => DecoderConfiguration.Read(ModelFiles.Find(DemoModel.Path)).EndOfText.Single();
}
