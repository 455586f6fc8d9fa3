using Recite.SelfTest.Rows;

namespace Recite.SelfTest.Tests.Rows;

[Collection(BundledTruthTests.Name)]
public sealed class AgreementRowTest(BundledTruth truth)
{
    [Fact]
    public async Task Holds_with_the_scores_that_ship()
    {
        RowMeasure measure = await new AgreementRow(windows: 40).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.True(measure.Holds, measure.Measured);
    }

    [Fact]
    public async Task Fails_with_scores_that_are_one_token_off()
    {
        RowMeasure measure = await new AgreementRow(BrokenScorers.OneOff, windows: 40).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.False(measure.Holds, measure.Measured);
    }

    [Fact]
    public async Task Fails_with_scores_in_half_precision()
    {
        RowMeasure measure = await new AgreementRow(BrokenScorers.HalfPrecision, windows: 40).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.False(measure.Holds, measure.Measured);
    }
}
