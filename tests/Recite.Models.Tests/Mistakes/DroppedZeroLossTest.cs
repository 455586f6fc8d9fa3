using Recite.Models.Http;
using Recite.Models.Http.Scoring;
using Recite.Models.Onnx;
using Recite.Models.OpenAI;
using Recite.Targets;

namespace Recite.Models.Tests.Mistakes;

/// <summary>A loss of exactly 0 is a score, the best there is. Shipped wrong, it was taken for padding and dropped, with the most memorized tokens.</summary>
public sealed class DroppedZeroLossTest
{
    [Fact]
    public void A_token_that_is_certain_has_log_probability_zero_and_rank_zero()
    {
        Assert.True(new TokenScorer(4).TryScore([0, 2000, 0, 0], 1, out TokenScorer.TokenScore score));
        Assert.Equal((0, 0, 2000), (score.LogProbability, score.Rank, score.Margin));
    }

    [Fact]
    public void Windows_keep_certain_tokens_in_their_place()
    {
        var window = new WindowScore(new SuffixScore([-1, 0, 0, -2], [1, 0, 0, 3], [1, 5, 5, 1]));
        Assert.Equal(4, window.Length);
        Assert.Equal(0, window.LogProbability(1, 2));
        Assert.Equal(-2, window.LogProbability(1, 3));
        Assert.True(window.IsGreedy(1, 2));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.0")]
    [InlineData("-0.0")]
    public void Servers_that_write_zero_are_read_as_zero(string zero)
    {
        EchoProtocol protocol = new(new Uri("http://model.test/v1"), "m");
        ReceivedReply reply = new();
        using var json = System.Text.Json.JsonDocument.Parse(
            $$$"""{"choices":[{"text":"","logprobs":{"tokens":["a","b","c"],"token_logprobs":[null,{{{zero}}},-1]}}]}""");
        protocol.ReadWhole(json.RootElement, reply);
        Assert.Equal([null, 0, -1], reply.Scored!.Positions.Select(position => position.LogProbability));
        Assert.Equal([-1, 0, -1], reply.Scored.Positions.Select(position => position.KnownRank));
        ScoredPosition certain = reply.Scored.Positions[1];
        Assert.Equal(new TruncatedScore(0, true), TruncatedScheme.Score(new SamplingOptions { Temperature = 1 }, certain));
    }
}
