using Recite.SelfTest.Rows;

namespace Recite.SelfTest.Tests.Rows;

[Collection(BundledTruthTests.Name)]
public sealed class SampledProbabilityRowTest(BundledTruth truth)
{
    [Fact]
    public async Task Holds_with_the_scores_that_ship()
    {
        RowMeasure measure = await new SampledProbabilityRow(textsPerBin: 8, samples: 300).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.True(measure.Holds, measure.Measured);
    }

    [Fact]
    public async Task Fails_with_scores_that_are_one_token_off()
    {
        RowMeasure measure = await new SampledProbabilityRow(BrokenScorers.OneOff, textsPerBin: 8, samples: 300).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.False(measure.Holds, measure.Measured);
    }

    [Fact]
    public async Task Fails_with_scores_that_know_nothing_of_schemes()
    {
        RowMeasure measure = await new SampledProbabilityRow(BrokenScorers.BlindToSchemes, textsPerBin: 8, samples: 300).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.False(measure.Holds, measure.Measured);
    }
}
