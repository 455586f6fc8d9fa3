using CsCheck;
using Recite.Models.Onnx;
using Recite.Targets;

namespace Recite.Models.Tests.Onnx;

public sealed class MomentsOfLogitsTest
{
    [Fact]
    public void Two_tokens_at_three_to_one_give_what_pencil_and_paper_give()
    {
        VocabularyMoments moments = MomentsOfLogits.Of([MathF.Log(3), 0]);
        Assert.Equal((0.75 * Math.Log(0.75)) + (0.25 * Math.Log(0.25)), moments.Mean, 6);
        Assert.Equal(Math.Sqrt(0.75 * 0.25) * Math.Log(3), moments.StandardDeviation, 6);
    }

    [Fact]
    public void An_even_distribution_has_no_deviation_and_a_token_that_cannot_come_no_part()
    {
        VocabularyMoments moments = MomentsOfLogits.Of([5, 5, float.NegativeInfinity, 5, 5]);
        Assert.Equal(-Math.Log(4), moments.Mean, 12);
        Assert.Equal(0, moments.StandardDeviation, 9);
    }

    [Fact]
    public void They_equal_the_sums_of_their_definition() =>
        Gen.Float[-30, 30].Array[1, 40].Sample(logits =>
        {
            double largest = logits.Max();
            double mass = logits.Sum(l => Math.Exp(l - largest));
            double[] logs = [.. logits.Select(l => l - largest - Math.Log(mass))];
            double mean = logs.Sum(l => Math.Exp(l) * l);
            double variance = logs.Sum(l => Math.Exp(l) * (l - mean) * (l - mean));
            VocabularyMoments moments = MomentsOfLogits.Of(logits);
            Assert.Equal(mean, moments.Mean, 8);
            Assert.Equal(Math.Sqrt(variance), moments.StandardDeviation, 5);
        });
}
