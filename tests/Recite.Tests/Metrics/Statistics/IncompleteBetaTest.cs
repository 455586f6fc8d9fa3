using CsCheck;
using Recite.Metrics.Statistics;

namespace Recite.Tests.Metrics.Statistics;

public sealed class IncompleteBetaTest
{
    [Fact]
    public void Is_the_worked_example_of_its_documentation() =>
        Assert.Equal(0.6875, IncompleteBeta.Regularized(0.5, 2, 3), 1e-14);

    [Fact]
    public void Equals_the_exact_binomial_tail() =>
        Gen.Select(Gen.Int[1, 200], Gen.Int[1, 999]).SelectMany((n, p) => Gen.Int[1, n].Select(k => (n, p, k))).Sample(x =>
        {
            double expected = ExactBinomial.AtLeast(x.k, x.n, x.p, 1000);
            double actual = IncompleteBeta.Regularized(x.p / 1000.0, x.k, x.n - x.k + 1);
            Assert.True(Math.Abs(expected - actual) <= 1e-11 * Math.Max(expected, 1e-3), $"{expected} {actual}");
        }, iter: 2000);

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(1, 0)]
    [InlineData(5, 3.1780538303479458)]
    [InlineData(101, 363.73937555556347)]
    public void Log_gamma_is_the_logarithm_of_a_factorial(double z, double expected) =>
        Assert.Equal(z == 0.5 ? 0.5 * Math.Log(Math.PI) : expected, IncompleteBeta.LogGamma(z), 1e-11);

    [Theory]
    [InlineData(-0.1, 1, 1)]
    [InlineData(1.1, 1, 1)]
    [InlineData(double.NaN, 1, 1)]
    [InlineData(0.5, 0, 1)]
    [InlineData(0.5, 1, -1)]
    public void Refuses_what_is_no_beta_distribution(double x, double a, double b) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => IncompleteBeta.Regularized(x, a, b));
}
