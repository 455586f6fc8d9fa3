using Recite.Metrics.Statistics;
using Recite.SelfTest.Rows;

namespace Recite.SelfTest.Tests.Rows;

[Collection(BundledTruthTests.Name)]
public sealed class ExposureRowTest(BundledTruth truth)
{
    private const int Fills = 1000;

    [Fact]
    public async Task The_real_rank_holds()
    {
        RowMeasure measure = await Measure(null);
        Assert.True(measure.Holds, measure.Measured);
    }

    [Fact]
    public async Task A_rank_that_gives_ties_to_the_canary_fails()
    {
        RowMeasure measure = await Measure((score, references) =>
        {
            int above = 0;
            foreach (double reference in references)
                above += reference > score ? 1 : 0;
            return new Exposure(1 + above, references.Length);
        });
        Assert.False(measure.Holds, measure.Measured);
        Assert.StartsWith("0 differences in", measure.Measured, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rank_that_is_one_off_fails()
    {
        RowMeasure measure = await Measure((score, references) => Exposure.Of(score, references) with { Rank = Math.Max(1, Exposure.Of(score, references).Rank - 1) });
        Assert.False(measure.Holds, measure.Measured);
    }

    [Fact]
    public async Task A_space_counted_without_the_canary_itself_fails()
    {
        RowMeasure measure = await Measure((score, references) => Exposure.Of(score, references) with { References = references.Length - 1 });
        Assert.False(measure.Holds, measure.Measured);
    }

    private Task<RowMeasure> Measure(RankEstimator? estimator) =>
        new ExposureRow(estimator, Fills).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
}
