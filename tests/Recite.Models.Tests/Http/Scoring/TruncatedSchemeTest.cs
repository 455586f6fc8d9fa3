using CsCheck;
using Recite.Models.Http.Scoring;
using Recite.Models.Tests.Onnx;
using Recite.Targets;

namespace Recite.Models.Tests.Http.Scoring;

/// <summary>What can be known from the most probable tokens alone, against the whole distribution.</summary>
public sealed class TruncatedSchemeTest
{
    private const int Size = 24;

    // Falling steps of at least 0.01, shuffled: ties are what "exact up to ties" leaves out.
    private static readonly Gen<float[]> s_logits = Gen.Single[0.01f, 1.5f].Array[Size].SelectMany(steps =>
        Gen.Shuffle(steps.Select((_, i) => 3 - steps.Take(i).Sum()).ToArray()));

    private static readonly Gen<SamplingOptions> s_schemes = Gen.Select(
        Gen.OneOf(0.0, 0.3, 0.7, 1, 1, 1.5), Gen.OneOf(0, 0, 1, 3, 6, 12, Size + 3), Gen.OneOf(1, 1, 0.3, 0.6, 0.9, 0.99))
        .Select((temperature, topK, topP) => new SamplingOptions { Temperature = temperature, TopK = topK, TopP = topP });

    [Fact]
    public void Exact_scores_are_exact_and_the_others_are_lower_bounds() =>
        Gen.Select(s_logits, s_schemes, Gen.Int[0, 10], Gen.Bool).Sample((logits, scheme, shown, tellsRanks) =>
        {
            double[] plain = NaiveDistribution.Compute(logits, [], [], new SamplingOptions { Temperature = 1 });
            double[] truth = scheme.Temperature == 0 ? [.. plain.Select(p => p == plain.Max() ? 1.0 : 0)] : NaiveDistribution.Compute(logits, [], [], scheme);
            for (int token = 0; token < Size; token++)
            {
                TruncatedScore score = TruncatedScheme.Score(scheme, Show(plain, token, shown, tellsRanks));
                double probability = Math.Exp(score.LogProbability);
                if (score.IsExact) Assert.Equal(truth[token], probability, 1e-9);
                else Assert.InRange(probability, 0, truth[token] * (1 + 1e-9) + 1e-12);
            }
        });

    [Fact]
    public void What_the_shown_tokens_settle_is_exact()
    {
        double[] plain = NaiveDistribution.Compute([3, 2, 1, 0, -1, -2], [], [], new SamplingOptions { Temperature = 1 });
        ScoredPosition Second(int shown) => Show(plain, token: 1, shown, tellsRanks: false);
        Assert.True(TruncatedScheme.Score(new SamplingOptions { Temperature = 1 }, Second(0)).IsExact);
        Assert.True(TruncatedScheme.Score(new SamplingOptions { Temperature = .7, TopK = 3 }, Second(3)).IsExact);
        Assert.True(TruncatedScheme.Score(new SamplingOptions { Temperature = 1, TopP = .8 }, Second(3)).IsExact);
        Assert.True(TruncatedScheme.Score(new SamplingOptions { Temperature = 0 }, Second(1)).IsExact);
        Assert.False(TruncatedScheme.Score(new SamplingOptions { Temperature = .7 }, Second(3)).IsExact);
        Assert.False(TruncatedScheme.Score(new SamplingOptions { Temperature = 1, TopK = 4 }, Second(3)).IsExact);
        Assert.False(TruncatedScheme.Score(new SamplingOptions { Temperature = 1, TopP = .999 }, Second(3)).IsExact);
        Assert.False(TruncatedScheme.Score(new SamplingOptions { Temperature = 0 }, Second(0)).IsExact);
    }

    [Fact]
    public void A_bound_below_temperature_1_is_close_where_little_is_left()
    {
        double[] plain = NaiveDistribution.Compute([6, 5, 4, -3, -4, -5], [], [], new SamplingOptions { Temperature = 1 });
        double truth = NaiveDistribution.Compute([6, 5, 4, -3, -4, -5], [], [], new SamplingOptions { Temperature = .7 })[1];
        TruncatedScore score = TruncatedScheme.Score(new SamplingOptions { Temperature = .7 }, Show(plain, token: 1, shown: 3, tellsRanks: false));
        Assert.InRange(Math.Exp(score.LogProbability), truth * 0.99, truth);
    }

    private static ScoredPosition Show(double[] plain, int token, int shown, bool tellsRanks)
    {
        int[] order = [.. Enumerable.Range(0, plain.Length).OrderByDescending(id => plain[id])];
        int rank = Array.IndexOf(order, token);
        return new ScoredPosition("t", [], Math.Log(plain[token]), tellsRanks || rank < shown ? rank : -1, [.. order.Take(shown).Select(id => Math.Log(plain[id]))]);
    }
}
