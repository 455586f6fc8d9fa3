using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.SelfTest.Rows;

namespace Recite.SelfTest.Tests.Rows;

[Collection(BundledTruthTests.Name)]
public sealed class NaiveSearchRowTest(BundledTruth truth)
{
    private const int Queries = 1800;

    [Fact]
    public async Task Holds_with_the_index()
    {
        RowMeasure measure = await MeasureAsync(match: null);
        Assert.True(measure.Holds, measure.Measured);
        Assert.StartsWith("0 differences in 1,800 queries", measure.Measured, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_when_matches_at_the_end_of_a_document_are_dropped() =>
        await FailsAsync((index, query, stop) =>
            [.. Find(index, query, stop).Where(match => !match.Sources.Any(source => source.End == index.GetDocument(source.Document).Bytes))]);

    [Fact]
    public async Task Fails_when_matches_run_across_a_border() =>
        await FailsAsync((index, query, stop) => JoinAcrossBorders(index, Find(index, query, stop)));

    [Fact]
    public async Task Fails_when_an_occurrence_is_not_counted() =>
        await FailsAsync((index, query, stop) =>
            [.. Find(index, query, stop).Select(match => match.Occurrences > 1 ? match with { Occurrences = match.Occurrences - 1 } : match)]);

    [Fact]
    public async Task Fails_when_nothing_is_found() => await FailsAsync((_, _, _) => []);

    private async Task FailsAsync(MatchEstimator broken)
    {
        RowMeasure measure = await MeasureAsync(broken);
        Assert.False(measure.Holds, measure.Measured);
        Assert.Contains("; the first in corpus ", measure.Measured, StringComparison.Ordinal);
    }

    private Task<RowMeasure> MeasureAsync(MatchEstimator? match) =>
        new NaiveSearchRow(match, Queries).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);

    private static IReadOnlyList<ReportedMatch> Find(CorpusIndex index, ReadOnlyMemory<byte> query, CancellationToken cancellationToken) =>
        new Matcher(index).Match(index.Normalizer.NormalizeWithMap(query), new MatchOptions { MaxSources = int.MaxValue }, cancellationToken).Matches;

    // What an index that keeps no separator between documents would report.
    private static List<ReportedMatch> JoinAcrossBorders(CorpusIndex index, IReadOnlyList<ReportedMatch> found)
    {
        List<ReportedMatch> matches = [.. found];
        for (int i = 0; i + 1 < matches.Count; i++)
        {
            bool touches = matches[i].Sources.Any(first => first.End == index.GetDocument(first.Document).Bytes
                && matches[i + 1].Sources.Any(next => next.Document == first.Document + 1 && next.Start == 0));
            if (!touches)
                continue;
            matches[i] = matches[i] with { End = matches[i + 1].End };
            matches.RemoveAt(i + 1);
        }

        return matches;
    }
}
