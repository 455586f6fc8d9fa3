using CsCheck;
using Recite.Metrics.Statistics;

namespace Recite.Tests.Metrics.Statistics;

public sealed class ExposureTest
{
    [Fact]
    public void The_worked_example_of_the_documentation_holds()
    {
        Exposure exposure = Exposure.Of(-1, [-3, -2, -1, -0.5]);
        Assert.Equal(3, exposure.Rank);
        Assert.Equal(0.737, exposure.Bits, 3);
        Assert.Equal(0.6, exposure.PValue, 12);
    }

    [Theory]
    [InlineData(999, 1.4364)]
    [InlineData(9_999, 1.4419)]
    public void The_null_mean_is_the_published_one(int references, double mean)
    {
        Assert.Equal(mean, Exposure.NullMean(references), 4);
        double[] bits = [.. Enumerable.Range(1, references + 1).Select(rank => new Exposure(rank, references).Bits)];
        Assert.Equal(bits.Average(), Exposure.NullMean(references), 10);
        Assert.Equal(Math.Sqrt(bits.Average(b => Math.Pow(b - bits.Average(), 2))), Exposure.NullDeviation(references), 10);
    }

    [Fact]
    public void It_equals_the_rank_counted_one_by_one_with_ties_against_the_canary() =>
        Gen.Select(Gen.Int[-5, 5], Gen.Int[-5, 5].Array[1, 40]).Sample((score, references) =>
        {
            double[] sorted = [.. references.Order().Select(r => (double)r)];
            int naive = 1;
            foreach (int reference in references)
                naive += reference >= score ? 1 : 0;
            Exposure exposure = Exposure.Of(score, sorted);
            Assert.Equal(naive, exposure.Rank);
            Assert.Equal(Math.Log2(references.Length + 1.0) - Math.Log2(naive), exposure.Bits, 12);
        });

    [Fact]
    public void A_canary_above_all_references_is_saturated_and_one_equal_to_the_best_is_not()
    {
        Assert.True(Exposure.Of(2, [0, 1]).IsSaturated);
        Assert.Equal(Math.Log2(3), Exposure.Of(2, [0, 1]).Bits, 12);
        Assert.False(Exposure.Of(1, [0, 1]).IsSaturated);
        Assert.Equal(0, Exposure.Of(0, [0, 1]).Bits, 12);
    }

    [Fact]
    public void It_is_a_p_value_in_bits_even_where_all_scores_are_equal()
    {
        // Every rank equally likely: P(exposure >= b) <= 2^-b for every b.
        const int References = 99;
        for (double bits = 0; bits < 7; bits += 0.1)
        {
            int reached = Enumerable.Range(1, References + 1).Count(rank => new Exposure(rank, References).Bits >= bits);
            Assert.True(reached / (References + 1.0) <= Math.Pow(2, -bits) + 1e-12);
        }

        Assert.Equal(0, Exposure.Of(3, [3, 3, 3]).Bits, 12);
    }

    [Fact]
    public void What_is_no_number_has_no_rank()
    {
        Assert.Throws<ArgumentException>(() => Exposure.Of(double.NaN, [1]));
        Assert.Throws<ArgumentException>(() => Exposure.Of(1, []));
    }
}
