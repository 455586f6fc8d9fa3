using CsCheck;
using Recite.Models.Onnx;
using Recite.Targets;

namespace Recite.Models.Tests.Onnx;

/// <summary>Scores of single tokens against the definition of rank, margin and distribution.</summary>
public sealed class TokenScorerTest
{
    // More than one register of any processor, and not a multiple of one.
    private const int Size = 37;

    private static readonly Gen<float[]> s_logits = Gen.OneOf(
        Gen.Int[-4, 4].Select(value => (float)value).Array[Size],
        Gen.Single[-8, 8].Array[Size],
        Gen.OneOf(Gen.Single[-8, 8], Gen.Const(float.NegativeInfinity)).Array[Size].Where(logits => logits.Any(float.IsFinite)));

    private static readonly Gen<SamplingOptions> s_schemes = Gen.Select(
        Gen.OneOf(0.3, 0.7, 1, 2), Gen.Int[0, Size + 2], Gen.OneOf(0.1, 0.5, 0.9, 1))
        .Select((temperature, topK, topP) => new SamplingOptions { Temperature = temperature, TopK = topK, TopP = topP });

    [Fact]
    public void Ranks_margins_and_log_probabilities_are_those_of_a_sorted_list() =>
        Gen.Select(s_logits, Gen.Int[0, Size - 1]).Sample((logits, token) =>
        {
            Assert.True(new TokenScorer(Size).TryScore(logits, token, out TokenScorer.TokenScore score));
            int[] order = [.. Enumerable.Range(0, Size).OrderByDescending(id => logits[id]).ThenBy(id => id)];
            Assert.Equal(Array.IndexOf(order, token), score.Rank);
            Assert.Equal((double)logits[order[0]] - logits[order[1]], score.Margin);
            Assert.Equal(Math.Log(NaiveDistribution.Compute(logits, [], [], new SamplingOptions { Temperature = 1 })[token]), score.LogProbability, 1e-12);
        });

    [Fact]
    public void Scores_under_a_scheme_are_the_probabilities_that_the_sampler_draws_with() =>
        Gen.Select(s_logits, s_schemes).Sample((logits, scheme) =>
        {
            double[] expected = NaiveDistribution.Compute(logits, [], [], scheme);
            var scorer = new TokenScorer(Size);
            for (int token = 0; token < Size; token++)
            {
                Assert.True(scorer.TryScore(logits, token, out TokenScorer.TokenScore score));
                scorer.Load(logits);
                Assert.Equal(expected[token], Math.Exp(scorer.ScoreUnder(scheme, token, score.Rank)), 1e-12);
                Assert.Equal(score.Rank == 0 ? 0 : double.NegativeInfinity, scorer.ScoreUnder(scheme with { Temperature = 0 }, token, score.Rank));
            }
        });

    [Fact]
    public void Several_schemes_over_one_token_do_not_disturb_each_other()
    {
        float[] logits = [1, 3, 0, 3, 2];
        SamplingOptions[] schemes = [new() { Temperature = 0.5, TopK = 2 }, new() { Temperature = 1, TopP = 0.5 }, new() { Temperature = 2 }];
        var scorer = new TokenScorer(5);
        foreach (SamplingOptions scheme in (SamplingOptions[])[.. schemes, .. schemes.Reverse()])
        {
            Assert.True(scorer.TryScore(logits, 3, out TokenScorer.TokenScore score));
            scorer.Load(logits);
            foreach (SamplingOptions before in schemes) scorer.ScoreUnder(before, 3, score.Rank);
            Assert.Equal(NaiveDistribution.Compute(logits, [], [], scheme)[3], Math.Exp(scorer.ScoreUnder(scheme, 3, score.Rank)), 1e-12);
        }
    }

    [Fact]
    public void Ranks_and_margins_count_ties_from_the_smaller_id()
    {
        float[] logits = [1, 3, 0, 3, 2];
        Assert.Equal([3, 0, 4, 1, 2], Enumerable.Range(0, 5).Select(token => Score(logits, token).Rank));
        Assert.Equal(0, Score(logits, 0).Margin);
        logits[3] = 2.5f;
        Assert.Equal((2, 0.5), (Score(logits, 4).Rank, Score(logits, 4).Margin));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Logits_that_are_no_numbers_have_no_score(float bad) => Assert.False(new TokenScorer(5).TryScore([1, bad, 0, 3, 2], 0, out _));

    private static TokenScorer.TokenScore Score(float[] logits, int token)
    {
        Assert.True(new TokenScorer(logits.Length).TryScore(logits, token, out TokenScorer.TokenScore score));
        return score;
    }
}
