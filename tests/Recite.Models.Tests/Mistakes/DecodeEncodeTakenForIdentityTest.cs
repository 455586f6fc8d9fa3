using Recite.Models.Onnx;
using Recite.Models.Tests.Onnx;
using Recite.Targets;

namespace Recite.Models.Tests.Mistakes;

/// <summary>
/// A model writes tokens that its tokenizer would not cut the same text into. Shipped wrong, a completion was scored or compared by
/// encoding its text again: other tokens, another number of them, another probability.
/// </summary>
public sealed class DecodeEncodeTakenForIdentityTest
{
    [Fact]
    public async Task Tokens_that_do_not_survive_decoding_are_scored_as_they_are()
    {
        using var bare = new BareSession();
        await using var target = new OnnxTarget(DemoModel.Path, new OnnxOptions { Threads = 1 });
        await target.ConnectAsync(TestContext.Current.CancellationToken);
        ITokenizer tokenizer = target.Tokenizer!;

        // A word cut into single letters decodes to the word, which is encoded in fewer tokens.
        int[] letters = [.. "the".Select(letter => Assert.Single(tokenizer.Encode(letter.ToString())).Id)];
        int[] encoded = [.. tokenizer.Encode(tokenizer.Decode(letters)).Select(token => token.Id)];
        Assert.NotEqual(letters, encoded);

        int[] prefix = [.. tokenizer.Encode("One day, ").Select(token => token.Id)];
        List<SuffixScore> scores = await target.ScoreAllAsync([new ScoreRequest(prefix, letters), new ScoreRequest(prefix, encoded)]);
        Assert.Equal([letters.Length, encoded.Length], scores.Select(score => score.LogProbabilities.Count));
        double expected = Enumerable.Range(0, letters.Length).Sum(i => Math.Log(bare.Distribution([.. prefix, .. letters[..i]])[letters[i]]));
        Assert.Equal(expected, scores[0].LogProbability, 1e-3);
        Assert.NotEqual(scores[0].LogProbability, scores[1].LogProbability, 1e-2);
    }

    [Fact]
    public async Task Completions_carry_the_tokens_that_were_generated()
    {
        await using var target = new OnnxTarget(DemoModel.Path, new OnnxOptions { Threads = 1 });
        await target.ConnectAsync(TestContext.Current.CancellationToken);
        CompletionRequest[] requests = [.. Enumerable.Range(0, 60).Select(i => Onnx.Asking.Request(i, [i], 30, new SamplingOptions { Temperature = 2 }, seed: (ulong)i))];
        List<Completion> completions = await target.CompleteAllAsync(requests);
        Assert.All(completions, completion => Assert.Equal(completion.Text, target.Tokenizer!.Decode(completion.Tokens!)));
        // At this temperature many completions are not what encoding their text would give; none may be repaired in silence.
        Assert.Contains(completions, completion => !completion.Tokens!.SequenceEqual(target.Tokenizer!.Encode(completion.Text).Select(token => token.Id)));
    }
}
