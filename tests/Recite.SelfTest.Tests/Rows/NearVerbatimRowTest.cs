using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Matching.Near;
using Recite.SelfTest.Rows;

namespace Recite.SelfTest.Tests.Rows;

[Collection(BundledTruthTests.Name)]
public sealed class NearVerbatimRowTest(BundledTruth truth)
{
    private const int Passages = 12;

    [Fact]
    public async Task Holds_with_the_matcher_and_prints_every_cell()
    {
        RowMeasure measure = await MeasureAsync(match: null);
        Assert.True(measure.Holds, measure.Measured);
        Assert.Equal(1 + (4 * 4), measure.Details.Count);
        Assert.All(measure.Details.Skip(1), line => Assert.Matches(@"^g \d+, \d+ words:( (\d+\.\d|-)){11}$", line));
    }

    [Fact]
    public async Task Fails_when_nothing_is_extended_across_an_edit() => await FailsAsync((index, query, stop) => Find(index, query, near: null, stop));

    [Fact]
    public async Task Fails_when_edits_are_counted_wrong() =>
        await FailsAsync((index, query, stop) =>
            [.. Find(index, query, new NearTolerance(100), stop).Select(match => match.Edits > 2 ? match with { Edits = match.Edits - 1 } : match)]);

    [Fact]
    public async Task Fails_when_a_span_is_a_byte_too_long() =>
        await FailsAsync((index, query, stop) =>
            [.. Find(index, query, new NearTolerance(100), stop).Select(match => match.Kind == MatchKind.NearVerbatim ? match with { End = match.End + 1 } : match)]);

    [Fact]
    public async Task Fails_when_the_place_is_another_one() =>
        await FailsAsync((index, query, stop) =>
            [.. Find(index, query, new NearTolerance(100), stop).Select(match => match with { Sources = [.. match.Sources.Select(source => source with { Start = source.End - 1 })] })]);

    private async Task FailsAsync(MatchEstimator broken)
    {
        RowMeasure measure = await MeasureAsync(broken);
        Assert.False(measure.Holds, measure.Measured);
        Assert.DoesNotContain("could not", measure.Measured, StringComparison.Ordinal);
    }

    private Task<RowMeasure> MeasureAsync(MatchEstimator? match) =>
        new NearVerbatimRow(match, Passages).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);

    private static IReadOnlyList<ReportedMatch> Find(CorpusIndex index, ReadOnlyMemory<byte> query, NearTolerance? near, CancellationToken cancellationToken) =>
        new Matcher(index).Match(index.Normalizer.NormalizeWithMap(query), new MatchOptions { Near = near, MaxSources = int.MaxValue }, cancellationToken).Matches;
}
