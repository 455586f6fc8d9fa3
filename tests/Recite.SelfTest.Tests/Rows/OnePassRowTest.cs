using Recite.SelfTest.Rows;

namespace Recite.SelfTest.Tests.Rows;

[Collection(BundledTruthTests.Name)]
public sealed class OnePassRowTest(BundledTruth truth)
{
    [Fact]
    public async Task Holds_with_the_scores_that_ship()
    {
        RowMeasure measure = await new OnePassRow(splits: 600, leastOfEach: 60).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.True(measure.Holds, measure.Measured);
    }

    [Fact]
    public async Task Fails_with_scores_that_are_one_token_off()
    {
        RowMeasure measure = await new OnePassRow(BrokenScorers.OneOff, splits: 600, leastOfEach: 60).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.False(measure.Holds, measure.Measured);
    }

    [Fact]
    public async Task Fails_with_ranks_that_are_too_good_by_one()
    {
        RowMeasure measure = await new OnePassRow(BrokenScorers.KindRanks, splits: 600, leastOfEach: 60).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.False(measure.Holds, measure.Measured);
    }
}
