using Recite.Membership;

namespace Recite.Tests.Mistakes;

/// <summary>Min-K% looks at the tokens that surprised the model most. The other tail is close to 0 for every text and tells nothing.</summary>
public sealed class Min_k_of_the_wrong_tail
{
    private static readonly double[] s_member = [-0.1, -0.2, -0.1, -1.5, -0.1, -0.3, -0.2, -1.0, -0.1, -0.2];
    private static readonly double[] s_other = [-0.1, -0.2, -0.1, -9.0, -0.1, -0.3, -0.2, -7.0, -0.1, -0.2];

    [Fact]
    public void The_least_probable_tokens_decide()
    {
        Assert.Equal(-1.25, MembershipScores.MinK(s_member, 0.2), 12);
        Assert.Equal(-8, MembershipScores.MinK(s_other, 0.2), 12);

        // The mistake: the most probable ones are the same in both.
        Assert.Equal(s_member.OrderDescending().Take(2).Average(), s_other.OrderDescending().Take(2).Average(), 12);
    }

    [Fact]
    public void A_token_whose_loss_is_exactly_0_is_a_token_like_any_other() => Assert.Equal(-1, MembershipScores.MinK([0, 0, -2], 0.7), 12);
}
