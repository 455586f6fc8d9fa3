using Recite.SelfTest.Rows;

namespace Recite.SelfTest.Tests.Rows;

[Collection(BundledTruthTests.Name)]
public sealed class PrecisionRowTest(BundledTruth truth)
{
    private const int Excerpts = 60;

    private readonly AuditClaims _audit = (context, stop) => Task.FromResult<IReadOnlyList<ClaimedSpan>>(
        [.. context.CorpusDocuments.Where(document => document.Text.Length > 300).Take(25).SelectMany(document => ReportedSpans.OfMatch(context.Corpus, document.Text, stop))]);

    [Fact]
    public async Task Holds_with_the_real_audit_and_match()
    {
        RowMeasure measure = await new PrecisionRow(excerpts: Excerpts).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.True(measure.Holds, measure.Measured);
    }

    [Fact]
    public async Task Fails_when_spans_are_shifted_by_one() => await FailsAsync(claim => claim with { Start = claim.Start + 1, End = claim.End + 1 });

    [Fact]
    public async Task Fails_when_sources_are_shifted_by_one() => await FailsAsync(claim =>
        claim with { Sources = [.. claim.Sources.Select(source => source with { Start = source.Start + 1, End = source.End + 1 })] });

    [Fact]
    public async Task Fails_when_a_source_names_another_document() => await FailsAsync(claim =>
        claim with { Sources = [.. claim.Sources.Select(source => source with { Document = truth.Context.CorpusDocuments[0].Id })] });

    [Fact]
    public async Task Fails_when_one_span_of_all_stands_nowhere()
    {
        int seen = 0;
        MatchClaims broken = (index, text, stop) =>
            [.. ReportedSpans.OfMatch(index, text, stop).Select(claim => seen++ == 40 ? claim with { Start = 0 } : claim)];
        RowMeasure measure = await new PrecisionRow(_audit, broken, Excerpts).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.False(measure.Holds, measure.Measured);
    }

    [Fact]
    public async Task Fails_when_an_audit_claims_nothing()
    {
        AuditClaims silent = (_, _) => Task.FromResult<IReadOnlyList<ClaimedSpan>>([]);
        RowMeasure measure = await new PrecisionRow(silent, excerpts: Excerpts).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.False(measure.Holds, measure.Measured);
        Assert.Contains("too few", measure.Measured, StringComparison.Ordinal);
    }

    private async Task FailsAsync(Func<ClaimedSpan, ClaimedSpan> change)
    {
        RowMeasure inMatches = await new PrecisionRow(_audit, (index, text, stop) => [.. ReportedSpans.OfMatch(index, text, stop).Select(change)], Excerpts)
            .MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.False(inMatches.Holds, inMatches.Measured);
        AuditClaims broken = async (context, stop) => [.. (await _audit(context, stop)).Select(change)];
        RowMeasure inAudits = await new PrecisionRow(broken, excerpts: Excerpts).MeasureAsync(truth.Context, TestContext.Current.CancellationToken);
        Assert.False(inAudits.Holds, inAudits.Measured);
    }
}
