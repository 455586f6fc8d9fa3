using CsCheck;
using Recite.Models.Onnx;
using Recite.Targets;

namespace Recite.Models.Tests.Onnx;

public sealed class TokenSamplerTest
{
    private const int Size = 12;

    // Few different values, so that ties are common.
    private static readonly Gen<float[]> s_logits = Gen.OneOf(
        Gen.Int[-4, 4].Select(value => (float)value).Array[Size],
        Gen.Single[-8, 8].Array[Size]);

    private static readonly Gen<int[]> s_tokens = Gen.Int[0, Size - 1].Array[0, 8];

    private static readonly Gen<SamplingOptions> s_options = Gen.Select(
        Gen.OneOf(0.3, 1, 2), Gen.Int[0, Size + 2], Gen.OneOf(0.1, 0.5, 0.9, 1), Gen.OneOf(1, 1.3, 0.7), Gen.OneOf(0, 0.5, -1), Gen.OneOf(0, 0.25))
        .Select((temperature, topK, topP, repetition, presence, frequency) => new SamplingOptions
        {
            Temperature = temperature,
            TopK = topK,
            TopP = topP,
            RepetitionPenalty = repetition,
            PresencePenalty = presence,
            FrequencyPenalty = frequency,
        });

    [Fact]
    public void Distributions_under_every_option_are_those_of_the_definition() =>
        Gen.Select(s_logits, s_tokens, s_tokens, s_options).Sample((logits, prompt, generated, options) =>
        {
            double[] expected = NaiveDistribution.Compute(logits, prompt, generated, options);
            TokenHistory history = Remember(prompt, generated);
            var sampler = new TokenSampler(Size);
            // Inverting a distribution at the middles of a fine grid shows it to the width of the grid.
            const int Grid = 2_000;
            double[] share = new double[Size];
            for (int i = 0; i < Grid; i++) share[sampler.Choose(logits, options, history, (i + 0.5) / Grid)!.Value] += 1.0 / Grid;
            for (int token = 0; token < Size; token++)
            {
                Assert.Equal(expected[token], share[token], 1.5 / Grid);
                if (expected[token] == 0) Assert.Equal(0, share[token]);
            }
        });

    [Fact]
    public void Greedy_is_the_first_of_the_largest_after_penalties() =>
        Gen.Select(s_logits, s_tokens, s_tokens, s_options).Sample((logits, prompt, generated, options) =>
        {
            double[] penalized = NaiveDistribution.Penalize(logits, prompt, generated, options);
            int? chosen = new TokenSampler(Size).Choose(logits, options with { Temperature = 0 }, Remember(prompt, generated), 0.99);
            Assert.Equal(Array.IndexOf(penalized, penalized.Max()), chosen);
        });

    [Fact]
    public void Ties_go_to_the_smaller_id()
    {
        float[] logits = [1, 3, 3, 2, 3, 2, 2, 0, 0, 0, 0, 0];
        var sampler = new TokenSampler(Size);
        Assert.Equal(1, sampler.Choose(logits, new SamplingOptions(), Remember([], []), 0));
        var two = new SamplingOptions { Temperature = 1, TopK = 2 };
        Assert.Equal([1, 2], Enumerable.Range(0, 10).Select(i => sampler.Choose(logits, two, Remember([], []), i / 10.0)!.Value).Distinct());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Logits_that_are_not_numbers_choose_nothing(float bad)
    {
        float[] logits = [1, 3, bad, 2, 3, 2, 2, 0, 0, 0, 0, 0];
        var sampler = new TokenSampler(Size);
        Assert.Null(sampler.Choose(logits, new SamplingOptions(), Remember([], []), 0.5));
        Assert.Null(sampler.Choose(logits, new SamplingOptions { Temperature = 1 }, Remember([], []), 0.5));
        Assert.Null(sampler.Choose(Enumerable.Repeat(float.NegativeInfinity, Size).ToArray(), new SamplingOptions(), Remember([], []), 0.5));
    }

    [Fact]
    public void Extreme_temperatures_neither_overflow_nor_divide_by_nothing()
    {
        float[] logits = [-3e38f, 0, 3e38f, 2, 3, 2, 2, 0, 0, float.NegativeInfinity, 0, 0];
        var sampler = new TokenSampler(Size);
        Assert.Equal(2, sampler.Choose(logits, new SamplingOptions { Temperature = 1e-300 }, Remember([], []), 0.999999));
        Assert.InRange(sampler.Choose(logits, new SamplingOptions { Temperature = 1e300 }, Remember([], []), 0.999999)!.Value, 0, Size - 1);
        Assert.Equal(2, sampler.Choose(logits, new SamplingOptions { Temperature = 1, TopP = 1e-9 }, Remember([], []), 0.999999));
    }

    [Fact]
    public void Impossible_options_are_named()
    {
        Assert.Null(TokenSampler.FindFault(new SamplingOptions { Temperature = 0.7, TopK = 40, TopP = 0.9 }));
        Assert.Contains("temperature", TokenSampler.FindFault(new SamplingOptions { Temperature = -1 }), StringComparison.Ordinal);
        Assert.Contains("temperature", TokenSampler.FindFault(new SamplingOptions { Temperature = double.NaN }), StringComparison.Ordinal);
        Assert.Contains("top-k", TokenSampler.FindFault(new SamplingOptions { TopK = -1 }), StringComparison.Ordinal);
        Assert.Contains("top-p", TokenSampler.FindFault(new SamplingOptions { TopP = 0 }), StringComparison.Ordinal);
        Assert.Contains("repetition", TokenSampler.FindFault(new SamplingOptions { RepetitionPenalty = 0 }), StringComparison.Ordinal);
        Assert.Contains("presence", TokenSampler.FindFault(new SamplingOptions { PresencePenalty = double.PositiveInfinity }), StringComparison.Ordinal);
    }

    private static TokenHistory Remember(int[] prompt, int[] generated)
    {
        var history = new TokenHistory(prompt);
        foreach (int token in generated) history.Add(token);
        return history;
    }
}
