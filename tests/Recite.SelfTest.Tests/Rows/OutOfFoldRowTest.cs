using Recite.SelfTest.Rows;

namespace Recite.SelfTest.Tests.Rows;

[Collection(BundledTruthTests.Name)]
public sealed class OutOfFoldRowTest(BundledTruth truth)
{
    [Fact]
    public async Task Holds_with_the_real_null()
    {
        RowMeasure measure = await new OutOfFoldRow().MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.True(measure.Holds, measure.Measured);
    }

    [Fact]
    public async Task Fails_with_a_null_that_saw_the_passages() => await FailsAsync((model, before, text, _) => model.LogProbability(before, text, document: -1));

    [Fact]
    public async Task Fails_with_a_null_that_leaves_out_the_fold_of_another_document() =>
        await FailsAsync((model, before, text, document) => model.LogProbability(before, text, Other(truth.Context.Corpus.DocumentCount, document)));

    [Fact]
    public async Task Fails_when_the_null_has_nothing_to_say() => await FailsAsync((_, _, _, _) => null);

    private static long Other(long documents, long document) => (document + (documents / 2)) % documents;

    private async Task FailsAsync(ChanceOfText broken)
    {
        RowMeasure measure = await new OutOfFoldRow(broken).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.False(measure.Holds, measure.Measured);
    }
}
