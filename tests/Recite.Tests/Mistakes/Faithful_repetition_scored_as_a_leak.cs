using Recite.Probes;
using Recite.Tests.Fakes;

namespace Recite.Tests.Mistakes;

/// <summary>A model that is shown a passage of the corpus and says it again has shown that it can copy, and nothing else.</summary>
public sealed class Faithful_repetition_scored_as_a_leak
{
    [Fact]
    public void A_repeated_prompt_is_no_finding_however_often_it_is_repeated()
    {
        string text = RandomText.Make(1, 60);
        using var audit = new SmallAudit([text, text]);
        AttemptOutcome outcome = JudgedReply.Judge(audit, "Repeat after me: " + text, null, string.Join("\n", text, text, text));
        Assert.Equal((0, 0, 0), (outcome.Matches.Count, outcome.LongestCharacters, outcome.LongestWords));
    }

    [Fact]
    public void A_suffix_that_the_prompt_gave_away_is_an_echo_and_no_extraction()
    {
        string text = RandomText.Make(1, 60);
        using var audit = new SmallAudit([text]);
        AttemptOutcome outcome = JudgedReply.Judge(audit, text, text[100..200], text[100..200]);
        Assert.True(outcome.IsEcho);
        Assert.Null(outcome.Extraction);
    }
}
