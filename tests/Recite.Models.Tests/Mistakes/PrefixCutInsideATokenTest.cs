using System.Text;
using Recite.Models.Http.Scoring;
using Recite.Targets;

namespace Recite.Models.Tests.Mistakes;

/// <summary>
/// A prefix that ends inside a token of the whole text. Shipped wrong, the suffix was scored behind a prefix encoded alone, which no
/// text of the training data looks like, or the token over the border was left out.
/// </summary>
public sealed class PrefixCutInsideATokenTest
{
    private static readonly ScoredPosition[] s_whole =
        [Position("The", null), Position(" quick", -1), Position(" brown", -2), Position(" fox", -3)];

    [Theory]
    [InlineData("The quick", " brown fox", 2, true)]
    [InlineData("The quick ", "brown fox", 2, false)]
    [InlineData("The quick br", "own fox", 2, false)]
    [InlineData("The", " quick brown fox", 3, true)]
    public void The_token_over_the_border_is_scored_and_said(string prefix, string suffix, int tokens, bool isBetweenTokens)
    {
        ScoreRequest request = new([], []) { PrefixText = prefix, SuffixText = suffix };
        ScoredPrompt scored = new(s_whole);
        SuffixBorder border = SuffixScoreMaker.FindBorder(request, scored)!.Value;
        SuffixScore score = SuffixScoreMaker.Make(request, scored, border, tokenCount: 4);
        Assert.Null(score.Error);
        Assert.Equal((isBetweenTokens, tokens), (score.IsCutBetweenTokens, score.LogProbabilities.Count));
        Assert.Equal(s_whole.TakeLast(tokens).Sum(position => position.LogProbability!.Value), score.LogProbability);
    }

    [Fact]
    public void A_border_inside_the_first_token_has_no_score_and_says_why()
    {
        ScoreRequest request = new([], []) { PrefixText = "Th", SuffixText = "e quick brown fox" };
        SuffixScore score = SuffixScoreMaker.Make(request, new ScoredPrompt(s_whole), SuffixScoreMaker.FindBorder(request, new ScoredPrompt(s_whole))!.Value, 4);
        Assert.Empty(score.LogProbabilities);
        Assert.Contains("first token", score.Error, StringComparison.Ordinal);
    }

    private static ScoredPosition Position(string text, double? logProbability) => new(text, Encoding.UTF8.GetBytes(text), logProbability, -1, []);
}
