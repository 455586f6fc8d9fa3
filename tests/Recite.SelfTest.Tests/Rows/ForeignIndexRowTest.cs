using Recite.Reporting;
using Recite.SelfTest.Rows;

namespace Recite.SelfTest.Tests.Rows;

[Collection(BundledTruthTests.Name)]
public sealed class ForeignIndexRowTest(BundledTruth truth)
{
    [Fact]
    public async Task Holds_with_the_real_curve()
    {
        RowMeasure measure = await new ForeignIndexRow(outputs: 40).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.True(measure.Holds, measure.Measured);
    }

    [Fact]
    public async Task Fails_when_the_foreign_index_is_the_corpus_itself() =>
        await FailsAsync((context, _, outputs, stop) => ForeignIndexRow.Chance(context, context.Corpus, outputs, stop));

    [Fact]
    public async Task Fails_when_the_curve_has_no_points() =>
        await FailsAsync((_, _, _, _) => new Curve("foreign-index", "prefix", "characters", "share", []));

    private async Task FailsAsync(ChanceCurve broken)
    {
        RowMeasure measure = await new ForeignIndexRow(broken, outputs: 40).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.False(measure.Holds, measure.Measured);
    }
}
