using CsCheck;
using Recite.Membership;
using Recite.Targets;

namespace Recite.Tests.Membership;

public sealed class MembershipScoresTest
{
    [Fact]
    public void The_worked_examples_hold()
    {
        Assert.Equal(-2.75, MembershipScores.Loss([-1, -5, -2, -3]));
        Assert.Equal(-4, MembershipScores.MinK([-1, -5, -2, -3], 0.5));
        Assert.Equal(0.5, MembershipScores.ReferenceRatio([-1, -1], [-1, -1.5, -0.5]), 12);
    }

    [Fact]
    public void At_least_one_token_counts() => Assert.Equal(-5, MembershipScores.MinK([-1, -5, -2], 0.01));

    [Fact]
    public void Min_K_is_the_mean_of_the_sorted_values_first_part() =>
        Gen.Double[-20, 0].Array[1, 60].Sample(values =>
        {
            double[] sorted = [.. values];
            Array.Sort(sorted);
            int count = Math.Max(1, values.Length / 5);
            Assert.Equal(sorted.Take(count).Sum() / count, MembershipScores.MinK(values, 0.2), 9);
        });

    [Fact]
    public void Min_K_plus_plus_standardizes_before_it_sorts()
    {
        // The second token is the less probable one, but at its position nothing else was more probable.
        VocabularyMoments[] moments = [new(-1, 0.5), new(-6, 2)];
        Assert.Equal(-2, MembershipScores.MinKPlusPlus([-2, -5], moments, 0.5), 12);
        Assert.Equal(-0.75, MembershipScores.MinKPlusPlus([-2, -5], moments, 1), 12);
        Assert.Equal(0, MembershipScores.MinKPlusPlus([-1e-9], [new(-1e-9, 0)], 1));
    }

    [Fact]
    public void Of_two_texts_as_probable_as_each_other_the_repetitive_one_scores_lower_by_zlib()
    {
        double[] same = [-1, -2, -1];
        string repetitive = string.Concat(Enumerable.Repeat("la la ", 40));
        Assert.True(MembershipScores.ZlibRatio(same, repetitive) < MembershipScores.ZlibRatio(same, Fakes.RandomText.Make(1, 40)));
    }
}
