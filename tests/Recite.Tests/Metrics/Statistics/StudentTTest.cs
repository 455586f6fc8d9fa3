using Recite.Metrics.Statistics;
using Recite.Probes;

namespace Recite.Tests.Metrics.Statistics;

public sealed class StudentTTest
{
    [Theory]
    [InlineData(0.975, 10, 2.228139)]
    [InlineData(0.975, 1, 12.706205)]
    [InlineData(0.975, 5, 2.570582)]
    [InlineData(0.95, 30, 1.697261)]
    [InlineData(0.995, 3, 5.840909)]
    [InlineData(0.025, 10, -2.228139)]
    [InlineData(0.5, 7, 0)]
    public void Gives_the_tabulated_quantiles(double probability, double degrees, double expected) =>
        Assert.Equal(expected, StudentT.Quantile(probability, degrees), 1e-6);

    [Fact]
    public void Tends_to_the_normal_distribution() =>
        Assert.Equal(NormalTail.Quantile(0.025), StudentT.Quantile(0.975, 1e9), 1e-6);

    // With one degree of freedom it is Cauchy's distribution, which has a formula.
    [Fact]
    public void Is_the_distribution_of_Cauchy_with_one_degree_of_freedom()
    {
        for (double t = -9; t <= 9; t += 0.25)
            Assert.Equal(0.5 + (Math.Atan(t) / Math.PI), StudentT.Distribution(t, 1), 1e-12);
    }

    [Fact]
    public void A_mean_of_five_normal_numbers_stays_inside_its_quantiles_as_often_as_it_should()
    {
        var random = new NormalNumbers(SeededRandom.For(1, "student"));
        double quantile = StudentT.Quantile(0.975, 4);
        const int Rounds = 20_000;
        int inside = 0;
        for (int round = 0; round < Rounds; round++)
        {
            double[] sample = [.. Enumerable.Range(0, 5).Select(_ => random.Next())];
            double mean = sample.Average();
            double deviation = Math.Sqrt(sample.Sum(x => (x - mean) * (x - mean)) / 4);
            inside += Math.Abs(mean) <= quantile * deviation / Math.Sqrt(5) ? 1 : 0;
        }

        // Six standard errors about 95 %.
        Assert.InRange((double)inside / Rounds, 0.9408, 0.9592);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(0.5, 0)]
    public void Refuses_what_is_no_quantile(double probability, double degrees) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Quantile(probability, degrees));
}
