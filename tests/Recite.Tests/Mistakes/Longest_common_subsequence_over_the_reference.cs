using Recite.Probes;
using Recite.Tests.Fakes;

namespace Recite.Tests.Mistakes;

/// <summary>
/// The longest common *subsequence* over the reference's length grows with the length of the reply: enough babble holds any text in order.
/// What is measured here is a run without gaps.
/// </summary>
public sealed class Longest_common_subsequence_over_the_reference
{
    [Fact]
    public void More_babble_makes_nothing_longer()
    {
        string reference = RandomText.Make(1, 60);
        using var audit = new SmallAudit([reference]);
        string little = RandomText.Make(2, 40), much = RandomText.Make(2, 1200);
        Assert.Equal(0, Judge(audit, little).LongestCharacters);
        Assert.Equal(0, Judge(audit, much).LongestCharacters);
        Assert.True(Subsequence(much, reference) > 0.95 && Subsequence(little, reference) < 0.75, "the mistake grows");
    }

    [Fact]
    public void Babble_behind_a_true_passage_leaves_its_length_as_it_is()
    {
        string reference = RandomText.Make(1, 60);
        using var audit = new SmallAudit([reference]);
        int alone = Judge(audit, reference[..200]).LongestCharacters;
        Assert.InRange(alone, 150, 200);
        Assert.Equal(alone, Judge(audit, reference[..200] + " " + RandomText.Make(2, 800)).LongestCharacters);
    }

    private static AttemptOutcome Judge(SmallAudit audit, string reply) => JudgedReply.Judge(audit, "", null, reply);

    private static double Subsequence(string one, string other)
    {
        int[] row = new int[other.Length + 1];
        foreach (char c in one)
        {
            int diagonal = 0;
            for (int i = 1; i <= other.Length; i++)
            {
                int above = row[i];
                row[i] = c == other[i - 1] ? diagonal + 1 : Math.Max(row[i], row[i - 1]);
                diagonal = above;
            }
        }

        return (double)row[other.Length] / other.Length;
    }
}
