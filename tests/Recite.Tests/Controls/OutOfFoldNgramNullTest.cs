using System.Text.Json.Nodes;
using Recite.Evidence;
using Recite.Reporting;
using Recite.Targets;
using Recite.Tests.Auditing;
using Recite.Tests.Fakes;

namespace Recite.Tests.Controls;

public sealed class OutOfFoldNgramNullTest
{
    [Fact]
    public async Task Every_sample_is_a_trial_and_random_text_is_never_continued_by_chance()
    {
        using var audit = new SmallAudit(AuditScene.Corpus);
        AuditReport report = await audit.RunAsync(new MemorizingTarget(AuditScene.Corpus));
        (int samples, _) = (AuditScene.HitsOf(report.Controls, "extraction", "permuted-suffix").Trials, 0);
        Assert.Equal((0, samples), AuditScene.HitsOf(report.Controls, "extraction", "out-of-fold-ngram"));
        JsonObject chance = Assert.Single(report.Estimates, e => (string?)e["name"] == "chance");
        Assert.Equal(("words", samples), ((string?)chance["units"], (int)chance["samples"]!));
        Assert.True((double)chance["log10High"]! < -8);
    }

    [Fact]
    public async Task A_continuation_that_every_document_repeats_is_given_by_the_null_too()
    {
        // Shorter than the guarantee, so the documents stay apart: what the language says anyway is no memory.
        string[] texts = [.. Enumerable.Range(0, 60).Select(i => RandomText.Make((ulong)i, 4) + " one two three four five six " + RandomText.Make((ulong)(100 + i), 4))];
        using var audit = new SmallAudit(texts.Select((t, i) => SmallAudit.Document($"d{i}", t)), guarantee: 48)
        {
            Config = new()
            {
                Probes = [new Recite.Config.PrefixProbeConfig { Samples = 60, Prefix = new(5, Indexing.Text.LengthUnit.Words), Suffix = new(2, Indexing.Text.LengthUnit.Words), Offset = Recite.Config.SampleOffset.Start }],
                Match = new Recite.Config.MatchConfig { MinLength = new(50, Indexing.Text.LengthUnit.Characters) },
            },
        };
        AuditReport report = await audit.RunAsync(new MemorizingTarget([]));
        (int hits, int trials) = AuditScene.HitsOf(report.Controls, "extraction", "out-of-fold-ngram");
        Assert.True(hits > trials / 2, $"{hits} of {trials}");
    }

    [Fact]
    public async Task Every_finding_carries_its_chance()
    {
        using var audit = new SmallAudit(AuditScene.Corpus);
        AuditReport report = await audit.RunAsync(new MemorizingTarget(AuditScene.Corpus) { Otherwise = _ => AuditScene.Once[0] });
        Assert.NotEmpty(report.Findings);
        Assert.All(report.Findings, finding =>
        {
            Chance chance = Assert.IsType<Chance>(finding.Chance);
            Assert.Equal("out-of-fold-ngram", chance.Null);
            Assert.True(chance.Log10 < -3, $"{chance.Log10}");
        });
    }

    [Fact]
    public async Task Corpus_matches_in_recorded_outputs_carry_their_chance_and_the_rate_is_not_run()
    {
        using var audit = new SmallAudit(AuditScene.Corpus) { Config = new() { Probes = [] } };
        AuditReport report = await audit.RunAsync(new RecordedTarget([new RecordedOutput("r1", "Tell me.", "Well: " + AuditScene.Once[3], null, Disposition.Completed)]));
        Assert.True(Assert.Single(report.Findings).Chance!.Log10 < -50);
        Assert.Contains(report.ControlsNotRun, c => c.Null == "out-of-fold-ngram" && c.Reason.Contains("Recorded outputs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_corpus_whose_documents_all_share_text_has_no_such_null_and_the_report_says_why()
    {
        string shared = RandomText.Make(700, 12);
        using var audit = new SmallAudit(AuditScene.Once.Select(t => shared + t));
        AuditReport report = await audit.RunAsync(new MemorizingTarget(AuditScene.Once));
        Assert.Contains(report.ControlsNotRun, c => c.Null == "out-of-fold-ngram" && c.Reason.StartsWith("All documents", StringComparison.Ordinal));
        Assert.All(report.Findings, finding => Assert.Null(finding.Chance));
    }
}
