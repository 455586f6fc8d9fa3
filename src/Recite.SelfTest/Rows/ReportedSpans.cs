using System.Text;
using Recite.Config;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Text;
using Recite.Reporting;
using Recite.Runs;

namespace Recite.SelfTest.Rows;

/// <summary>What the product reports, as claims.</summary>
internal static class ReportedSpans
{
    private const int Samples = 160;

    /// <summary>The matches of a text.</summary>
    public static IReadOnlyList<ClaimedSpan> OfMatch(CorpusIndex index, ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        MatchResult result = new Matcher(index).Match(index.Normalizer.NormalizeWithMap(text), new MatchOptions(), cancellationToken);
        return [.. result.Matches.Select(match => new ClaimedSpan(
            text, match.Start, match.End, [.. match.Sources.Select(source => new ClaimedSource(source.Id, source.Start, source.End))]))];
    }

    /// <summary>The findings of a prefix audit of the bundled model.</summary>
    public static async Task<IReadOnlyList<ClaimedSpan>> OfAuditAsync(SelfTestContext context, CancellationToken cancellationToken)
    {
        var length = new TextLength(50, LengthUnit.Tokens);
        var config = new AuditConfig
        {
            Targets = [context.Target.Id],
            Corpus = "corpus.rix",
            Probes = [new PrefixProbeConfig { Samples = Samples, Prefix = length, Suffix = length, Seed = context.Seed }],
        };
        AuditReport report = await AuditPipeline.RunAsync(
            new AuditInputs
            {
                Config = config,
                Target = context.Target,
                Corpus = context.Corpus,
                Runs = new RunStore(Path.Combine(context.Scratch, "t2-runs"), TimeProvider.System),
                Time = TimeProvider.System,
            },
            new AuditOptions(),
            progress: null,
            cancellationToken);
        return [.. report.Findings.Select(finding => new ClaimedSpan(
            Encoding.UTF8.GetBytes(finding.Completion),
            finding.Match.Start,
            finding.Match.End,
            [.. finding.Match.Sources.Select(source => new ClaimedSource(source.Document, source.Start, source.End))]))];
    }
}
