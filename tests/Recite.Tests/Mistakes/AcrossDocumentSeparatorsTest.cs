using System.Text;
using Recite.Controls.Ngram;
using Recite.Indexing.Matching;
using Recite.Tests.Fakes;

namespace Recite.Tests.Mistakes;

/// <summary>The end of one document and the beginning of the next are no passage, neither to the engine nor to the n-gram null.</summary>
public sealed class AcrossDocumentSeparatorsTest
{
    private static readonly string[] s_texts = [.. Enumerable.Range(0, 20).Select(i => RandomText.Make((ulong)i, 40))];

    [Fact]
    public void No_match_reaches_over_the_border_of_two_documents()
    {
        using var audit = new SmallAudit(s_texts);
        string across = s_texts[3][^25..] + " " + s_texts[4][..25];
        Assert.Empty(new Matcher(audit.Index).Match(audit.Index.Normalizer.NormalizeWithMap(Encoding.UTF8.GetBytes(across)), new MatchOptions(), TestContext.Current.CancellationToken).Matches);
    }

    [Fact]
    public void No_context_of_the_n_gram_null_reaches_over_it()
    {
        // Scored with everything counted: inside a document the next word is all but certain, over the border it is as rare as any.
        using var audit = new SmallAudit(s_texts);
        using OutOfFoldNgram model = OutOfFoldNgram.Build(audit.Index, null, new NgramOptions(), TestContext.Current.CancellationToken);
        string[] words = s_texts[3].Split(' '), next = s_texts[4].Split(' ');
        double inside = model.LogProbability(string.Join(' ', words[..^1]) + " ", words[^1], -1)!.Value;
        double across = model.LogProbability(s_texts[3] + " ", next[0], -1)!.Value;
        double anywhere = model.LogProbability("", next[0], -1)!.Value;
        Assert.True(inside > Math.Log(0.1), $"{inside}");
        Assert.True(across <= anywhere, $"{across} {anywhere}");
    }
}
