using Recite.Controls.Ngram;
using Recite.Tests.Fakes;

namespace Recite.Tests.Mistakes;

/// <summary>A null model that was trained on the sample recites it itself, and explains memorization away.</summary>
public sealed class NullThatSawTheTextTest
{
    [Fact]
    public void A_passage_planted_many_times_is_improbable_for_the_null_of_the_other_folds_alone()
    {
        string passage = RandomText.Make(900, 40);
        string[] others = [.. Enumerable.Range(0, 40).Select(i => RandomText.Make((ulong)i, 60))];
        string[] copies = [.. Enumerable.Range(0, 64).Select(i => RandomText.Make((ulong)(1000 + i), 3) + " " + passage)];
        using var audit = new SmallAudit([.. others, .. copies]);
        using OutOfFoldNgram model = OutOfFoldNgram.Build(audit.Index, null, new NgramOptions(), TestContext.Current.CancellationToken);
        string[] words = passage.Split(' ');
        (string before, string text) = (string.Join(' ', words[..20]) + " ", string.Join(' ', words[20..]));

        double outOfFold = model.LogProbability(before, text, document: 40)!.Value / Math.Log(10);
        double inFold = model.LogProbability(before, text, document: -1)!.Value / Math.Log(10);
        Assert.True(outOfFold <= -20, $"{outOfFold}");
        Assert.True(inFold > -1, $"{inFold}");
    }
}
