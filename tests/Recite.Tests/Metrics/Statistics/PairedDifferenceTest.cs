using Recite.Metrics.Statistics;

namespace Recite.Tests.Metrics.Statistics;

public sealed class PairedDifferenceTest
{
    [Fact]
    public void Is_the_worked_example_of_its_documentation()
    {
        PairedDifference difference = PairedDifference.Compare(20, 6, 0, 0.95);
        Assert.Equal(0.3, difference.Difference, 1e-12);
        Assert.Equal(0.03125, difference.PValue, 1e-12);
        Assert.True(difference.Low < 0.3 && difference.High > 0.3);
    }

    [Fact]
    public void Equals_the_exact_two_sided_sum()
    {
        for (int a = 0; a <= 12; a++)
        {
            for (int b = 0; b <= 12; b++)
            {
                double expected = a == b ? 1 : Math.Min(1, 2 * ExactBinomial.AtLeast(Math.Max(a, b), a + b, 1, 2));
                Assert.Equal(expected, PairedDifference.Compare(40, a, b, 0.95).PValue, 1e-12);
            }
        }
    }
}
