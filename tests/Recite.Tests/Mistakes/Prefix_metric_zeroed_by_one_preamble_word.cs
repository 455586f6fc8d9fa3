using Recite.Probes;
using Recite.Tests.Fakes;

namespace Recite.Tests.Mistakes;

/// <summary>
/// "Sure: " before a recited page makes every measure that compares from the first token say 0. Extraction is strict on purpose (the true
/// suffix has to come first, as the definition says), so it is never the only measure: the corpus match finds the passage wherever it stands.
/// </summary>
public sealed class Prefix_metric_zeroed_by_one_preamble_word
{
    [Fact]
    public void A_preamble_costs_the_extraction_and_not_the_match()
    {
        string text = RandomText.Make(1, 80);
        using var audit = new SmallAudit([text]);
        string prompt = text[..100], suffix = text[100..300];

        AttemptOutcome plain = JudgedReply.Judge(audit, prompt, suffix, suffix);
        Assert.NotNull(plain.Extraction);

        AttemptOutcome chatty = JudgedReply.Judge(audit, prompt, suffix, "Sure: " + suffix);
        Assert.Null(chatty.Extraction);
        Assert.True(chatty.HasCorpusMatch);
        Assert.InRange(chatty.LongestCharacters, plain.LongestCharacters - 20, plain.LongestCharacters);
    }
}
