using CsCheck;
using Recite.Metrics.Statistics;

namespace Recite.Tests.Metrics.Statistics;

public sealed class NpExtractionTest
{
    [Theory]
    [InlineData(0.01, 0.5, 69)]
    [InlineData(0.01, 0.9, 230)]
    [InlineData(0.5, 0.5, 1)]
    [InlineData(0.5, 0.75, 2)]
    [InlineData(0.5, 0.9, 4)]
    [InlineData(0.9, 0.99, 2)]
    [InlineData(0.999999, 0.9, 1)]
    [InlineData(1e-6, 0.5, 693_147)]
    public void Gives_the_number_of_tries(double probability, double p, double tries) =>
        Assert.Equal(tries, NpExtraction.Tries(Math.Log(probability), p));

    [Fact]
    public void A_certain_text_needs_one_try_and_an_impossible_one_is_out_of_reach()
    {
        Assert.Equal(1, NpExtraction.Tries(0, 0.9));
        Assert.Equal(0, NpExtraction.Log10TriesToHalf(0));
        Assert.Equal(double.PositiveInfinity, NpExtraction.Tries(double.NegativeInfinity, 0.1));
        Assert.Equal(double.PositiveInfinity, NpExtraction.Log10TriesToHalf(double.NegativeInfinity));
        Assert.False(NpExtraction.IsExtractable(double.NegativeInfinity, 1e6, 0.01));
    }

    // Below 1e-16, 1 - p_z is 1, and below 1e-308 p_z itself is 0: neither may make a text unreachable.
    [Theory]
    [InlineData(-20)]
    [InlineData(-100)]
    [InlineData(-300)]
    [InlineData(-5000)]
    public void Keeps_its_precision_far_below_what_a_double_holds(double log10)
    {
        double exact = Math.Log10(Math.Log(2)) - log10;
        Assert.Equal(exact, NpExtraction.Log10TriesToHalf(log10 * Math.Log(10)), 9);
        if (log10 > -308)
            Assert.Equal(exact, Math.Log10(NpExtraction.Tries(log10 * Math.Log(10), 0.5)), 9);
    }

    [Fact]
    public void Is_continuous_where_the_formula_changes() =>
        Assert.Equal(NpExtraction.LogTries(-40 + 1e-9, 0.5), NpExtraction.LogTries(-40 - 1e-9, 0.5), 6);

    [Fact]
    public void Agrees_with_multiplying_failures_one_by_one() =>
        Gen.Select(Gen.Double[0.02, 0.98], Gen.Double[0.05, 0.95]).Sample((probability, p) =>
        {
            double failures = 1;
            int naive = 0;
            while (1 - failures < p)
            {
                failures *= 1 - probability;
                naive++;
            }

            // Where p is met to the last bit, one multiplication more or less is rounding.
            double tries = NpExtraction.Tries(Math.Log(probability), p);
            return tries == naive || Math.Abs(1 - Math.Pow(1 - probability, Math.Min(tries, naive)) - p) < 1e-12;
        });

    [Fact]
    public void More_probable_texts_and_smaller_wishes_need_no_more_tries() =>
        Gen.Select(Gen.Double[-700, 0], Gen.Double[-700, 0], Gen.Double[0.01, 0.99], Gen.Double[0.01, 0.99]).Sample((a, b, p, q) =>
            NpExtraction.Tries(Math.Max(a, b), Math.Min(p, q)) <= NpExtraction.Tries(Math.Min(a, b), Math.Max(p, q)));

    [Theory]
    [InlineData(0.1, 0.5)]
    [InlineData(double.NaN, 0.5)]
    [InlineData(-1, 0)]
    [InlineData(-1, 1)]
    public void Refuses_what_is_no_probability(double logProbability, double p) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NpExtraction.Tries(logProbability, p));

    [Fact]
    public void Small_logarithms_keep_the_digits_that_adding_one_would_lose() =>
        Gen.Double[-300, -9].Sample(exponent =>
        {
            double x = Math.Pow(10, exponent);
            double series = x - (x * x / 2);
            double power = x + (x * x / 2);
            return Math.Abs(SmallLogarithms.LogOnePlus(x) - series) <= 1e-14 * x && Math.Abs(SmallLogarithms.ExpMinusOne(x) - power) <= 1e-14 * x;
        });

    [Theory]
    [InlineData(0.5)]
    [InlineData(-0.75)]
    [InlineData(3)]
    public void Small_logarithms_agree_with_the_plain_ones_elsewhere(double x)
    {
        Assert.Equal(Math.Log(1 + x), SmallLogarithms.LogOnePlus(x), 14);
        Assert.Equal(Math.Exp(x) - 1, SmallLogarithms.ExpMinusOne(x), 12);
    }
}
