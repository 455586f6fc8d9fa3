using Recite.Metrics.Statistics;
using Recite.Probes;

namespace Recite.Tests.Metrics.Statistics;

public sealed class DoseResponseTest
{
    private static readonly DoseLevel[] s_example = [new(1, 1, 10), new(2, 3, 10), new(4, 6, 10), new(8, 9, 10)];

    [Fact]
    public void Is_the_worked_example_of_its_documentation()
    {
        DoseResponse estimate = DoseResponse.Estimate(s_example, 0.95);
        Assert.Equal(3.0555, estimate.Exposures50!.Value, 1e-4);
        Assert.Equal(2.0291, estimate.Low!.Value, 1e-4);
        Assert.Equal(4.7006, estimate.High!.Value, 1e-4);
        Assert.Equal("logistic on log2(exposures), profile likelihood", estimate.Method);
    }

    // Naive: every curve of a fine grid, and the middles whose best curve is likely enough.
    [Fact]
    public void Equals_a_search_of_every_curve_on_a_grid()
    {
        double[] middles = [.. Enumerable.Range(0, 401).Select(i => -1 + (i * 0.01))];
        double[] best = [.. middles.Select(m => Enumerable.Range(0, 400).Max(s => LogLikelihood(s * 0.01, m)))];
        double most = best.Max();
        DoseResponse estimate = DoseResponse.Estimate(s_example, 0.9);
        double[] likely = [.. middles.Where((_, i) => most - best[i] <= 1.644854 * 1.644854 / 2)];
        Assert.Equal(middles[Array.IndexOf(best, most)], Math.Log2(estimate.Exposures50!.Value), 0.011);
        Assert.Equal(likely[0], Math.Log2(estimate.Low!.Value), 0.011);
        Assert.Equal(likely[^1], Math.Log2(estimate.High!.Value), 0.011);
    }

    [Fact]
    public void Levels_that_separate_give_the_interval_between_the_neighbours()
    {
        DoseResponse estimate = DoseResponse.Estimate([new(1, 0, 24), new(2, 0, 24), new(4, 0, 24), new(8, 24, 24), new(16, 24, 24)], 0.95);
        Assert.Equal(Math.Sqrt(32), estimate.Exposures50!.Value, 1e-12);
        Assert.Equal((4.0, 8.0), (estimate.Low, estimate.High));
        Assert.Null(estimate.Slope);
        Assert.Equal(DoseResponse.Separated, estimate.Method);
    }

    [Fact]
    public void One_mixed_level_between_none_and_all_is_the_estimate()
    {
        DoseResponse estimate = DoseResponse.Estimate([new(1, 0, 24), new(4, 12, 24), new(8, 24, 24)], 0.95);
        Assert.Equal(4, estimate.Exposures50!.Value, 1e-12);
        Assert.Equal((1.0, 8.0), (estimate.Low, estimate.High));
    }

    [Fact]
    public void Too_few_texts_at_the_neighbours_exclude_nothing()
    {
        DoseResponse estimate = DoseResponse.Estimate([new(1, 0, 3), new(2, 3, 3)], 0.95);
        Assert.Equal((null, null), (estimate.Low, estimate.High));
    }

    [Fact]
    public void Nothing_that_came_back_gives_a_lower_end_alone()
    {
        DoseResponse estimate = DoseResponse.Estimate([new(1, 0, 24), new(64, 0, 24)], 0.95);
        Assert.Equal((null, 64.0, null), (estimate.Exposures50, estimate.Low, estimate.High));
    }

    [Theory]
    [InlineData(9, 1)]
    [InlineData(5, 5)]
    public void More_exposures_that_bring_back_no_more_say_nothing(int few, int many)
    {
        DoseResponse estimate = DoseResponse.Estimate([new(1, few, 10), new(8, many, 10)], 0.95);
        Assert.Equal((null, null, null), (estimate.Exposures50, estimate.Low, estimate.High));
        Assert.Equal(DoseResponse.Flat, estimate.Method);
    }

    [Fact]
    public void A_rise_that_may_be_none_leaves_an_end_open()
    {
        DoseResponse estimate = DoseResponse.Estimate([new(1, 1, 10), new(8, 2, 10)], 0.95);
        Assert.NotNull(estimate.Exposures50);
        Assert.Null(estimate.High);
    }

    [Fact]
    public void Covers_the_truth_as_often_as_it_says()
    {
        var random = new NormalNumbers(SeededRandom.For(6, "dose"));
        const double Middle = 2.3, Slope = 1.1;
        const int Rounds = 800;
        int covered = 0;
        for (int round = 0; round < Rounds; round++)
        {
            DoseLevel[] levels = [.. Enumerable.Range(0, 7).Select(x => new DoseLevel(1 << x, Enumerable.Range(0, 24).Count(_ => random.Uniform() < 1 / (1 + Math.Exp(-Slope * (x - Middle)))), 24))];
            DoseResponse estimate = DoseResponse.Estimate(levels, 0.95);
            covered += (estimate.Low ?? 0) <= Math.Pow(2, Middle) && Math.Pow(2, Middle) <= (estimate.High ?? double.PositiveInfinity) ? 1 : 0;
        }

        Assert.InRange((double)covered / Rounds, 0.915, 0.985);
    }

    [Fact]
    public void Refuses_levels_that_are_none()
    {
        Assert.Throws<ArgumentException>(() => DoseResponse.Estimate([new(0, 1, 2)], 0.95));
        Assert.Throws<ArgumentException>(() => DoseResponse.Estimate([new(1, 3, 2)], 0.95));
        Assert.Throws<ArgumentOutOfRangeException>(() => DoseResponse.Estimate(s_example, 1));
    }

    private static double LogLikelihood(double slope, double middle) => s_example.Sum(level =>
    {
        double odds = slope * (Math.Log2(level.Exposures) - middle);
        return -(level.Hits * Math.Log(1 + Math.Exp(-odds))) - ((level.Trials - level.Hits) * Math.Log(1 + Math.Exp(odds)));
    });
}
