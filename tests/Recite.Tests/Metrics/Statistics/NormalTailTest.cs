using Recite.Metrics.Statistics;

namespace Recite.Tests.Metrics.Statistics;

public sealed class NormalTailTest
{
    [Theory]
    [InlineData(1.959963984540054, 0.025)]
    [InlineData(0, 0.5)]
    [InlineData(2.999999, 0.00134990246348)]
    [InlineData(3, 0.00134989803163)]
    [InlineData(6, 9.865876450377e-10)]
    [InlineData(-1.6448536269514722, 0.95)]
    public void Gives_the_tabulated_tails(double z, double tail)
    {
        Assert.Equal(1, NormalTail.Above(z) / tail, 1e-8);
        Assert.Equal(z, NormalTail.Quantile(tail), 1e-6);
    }

    [Theory]
    [InlineData(0.95, 1.959963985)]
    [InlineData(0.998, 3.090232306)]
    public void Intervals_reach_as_far_to_either_side_as_the_tables_say(double confidence, double expected) => Assert.Equal(expected, NormalTail.TwoSided(confidence), 8);

    [Theory]
    [InlineData(0.025, 1.959963985)]
    [InlineData(0.5, 0)]
    [InlineData(0.999, -3.090232306)]
    public void Quantiles_are_those_of_the_tables(double tail, double expected) => Assert.Equal(expected, NormalTail.Quantile(tail), 8);

    [Fact]
    public void Refuses_what_is_no_number()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalTail.Above(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalTail.Quantile(1));
    }
}
