using Recite.Models.Onnx;
using Recite.Models.Tests.Onnx;
using Recite.Targets;

namespace Recite.Models.Tests.Mistakes;

/// <summary>The logits at a position predict the next token. Shipped wrong, they were read at the token's own position or one further back.</summary>
public sealed class OneOffInShiftedLogitsTest
{
    [Fact]
    public async Task Each_token_is_scored_by_a_pass_that_ends_right_before_it()
    {
        using var bare = new BareSession();
        await using var target = new OnnxTarget(DemoModel.Path, new OnnxOptions { Threads = 1 });
        await target.ConnectAsync(TestContext.Current.CancellationToken);
        Assert.Null(target.Tokenizer!.BeginningOfText);
        int[] window = Onnx.Asking.Tokens(5, 14, 1000);
        SuffixScore score = Assert.Single(await target.ScoreAllAsync([new ScoreRequest(window[..4], window[4..])]));
        Assert.Equal(10, score.LogProbabilities.Count);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(Math.Log(bare.Distribution(window[..(4 + i)])[window[4 + i]]), score.LogProbabilities[i], 1e-4);
            if (i > 0) Assert.NotEqual(Math.Log(bare.Distribution(window[..(3 + i)])[window[4 + i]]), score.LogProbabilities[i], 1e-2);
        }
    }
}
