using Recite.Probes;
using Recite.Tests.Fakes;

namespace Recite.Tests.Mistakes;

/// <summary>A reply that shares nothing with the corpus scores 0, and not the 1/L of a count that begins at one.</summary>
public sealed class One_over_length_for_a_total_miss
{
    [Theory]
    [InlineData("something else entirely that stands in no document of this corpus and never did so")]
    [InlineData("x")]
    [InlineData("")]
    public void A_total_miss_is_0(string reply)
    {
        using var audit = new SmallAudit([RandomText.Make(1, 80)]);
        AttemptOutcome outcome = JudgedReply.Judge(audit, "the quick", " brown fox", reply);
        Assert.Equal((0, 0, 0), (outcome.LongestCharacters, outcome.LongestWords, outcome.Matches.Count));
        Assert.Null(outcome.Extraction);
    }
}
