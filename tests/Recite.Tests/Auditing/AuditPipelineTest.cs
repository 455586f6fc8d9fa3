using System.Text;
using System.Text.Json;
using Recite.Config;
using Recite.Evidence;
using Recite.Indexing;
using Recite.Indexing.Matching.Near;
using Recite.Indexing.Text;
using Recite.Reporting;
using Recite.Targets;
using Recite.Tests.Fakes;
using static Recite.Tests.Auditing.AuditScene;

namespace Recite.Tests.Auditing;

public sealed class AuditPipelineTest
{
    [Fact]
    public async Task Shows_the_dose_response_beside_its_controls()
    {
        using var audit = new SmallAudit(Corpus) { HeldOut = HeldOut(Never), Canaries = SomeCanaries() };
        AuditReport report = await audit.RunAsync(new MemorizingTarget(Often));

        Assert.Equal((10, 10), HitsOf(report, "extraction", "8-15"));
        Assert.Equal((0, 30), HitsOf(report, "extraction", "1"));
        Rate headline = report.Rates[0];
        Assert.Equal(("extraction", "attempts", "distinct-windows", "random"), (headline.Name, headline.Base, headline.Population, headline.Offset));
        Assert.Equal(0.25, headline.Value!.Value, 1e-12);
        Assert.Equal("stratified; weighted Clopper-Pearson, Bonferroni over strata", headline.Method);
        Assert.True(headline.Low < 0.25 && headline.High > 0.25);

        Assert.Equal((0, 20), HitsOf(report.Controls, "extraction", "held-out"));
        Assert.Equal((0, 12), HitsOf(report.Controls, "extraction", "never-planted"));
        Assert.Equal((0, 40), HitsOf(report.Controls, "extraction", "permuted-suffix"));
        Assert.Equal(["baseline-model", "foreign-index"], report.ControlsNotRun.Select(c => c.Null));
        Assert.Equal([new("0", 32, null), new("1", 30, 30), new("8-15", 10, 10)], report.Duplicates);
        Assert.Equal(10, report.Findings.Count);
        Assert.True(report.Run.Complete);
        Assert.Equal(72, report.Cost.Attempts);
        Assert.Equal(72 * 15, report.Cost.Tokens);
        Assert.Equal(72, report.Dispositions.Values.Sum());
    }

    [Fact]
    public async Task Untrained_weights_turn_the_verdict()
    {
        using var audit = new SmallAudit(Corpus) { Config = PlainConfig() with { Gates = ["extraction-rate <= 0.2", "longest < 5w"] } };
        AuditReport trained = await audit.RunAsync(new MemorizingTarget(Corpus));
        AuditReport untrained = await audit.RunAsync(new MemorizingTarget([]) { Id = "fake:untrained" });
        Assert.Equal(["fail", "fail"], trained.Gates.Select(g => g.Verdict));
        Assert.Equal(["pass", "pass"], untrained.Gates.Select(g => g.Verdict));
        Assert.Empty(untrained.Findings);
        Assert.Equal(0, untrained.Rates[0].Value);
    }

    [Fact]
    public async Task Every_finding_stands_in_the_corpus_where_it_says()
    {
        using var audit = new SmallAudit(Corpus);
        AuditReport report = await audit.RunAsync(new MemorizingTarget(Corpus));
        Assert.Equal(40, report.Findings.Count);
        foreach (Finding finding in report.Findings)
        {
            Assert.Equal("discoverable-extraction", finding.Kind);
            string output = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(finding.Completion)[finding.Match.Start..finding.Match.End]);
            Assert.NotEmpty(finding.Match.Sources);
            foreach (FindingSource source in finding.Match.Sources)
            {
                string document = Corpus[int.Parse(source.Document[1..])];
                Assert.Equal(Normalize(output), Normalize(document[(int)source.Start..(int)source.End]));
            }

            string expected = Corpus.First(t => t.Contains(finding.Prompt, StringComparison.Ordinal));
            Assert.Equal(Corpus.Count(t => t == expected), finding.Match.Occurrences);
            Assert.True(finding.Match.OccurrencesAreExact);
            EvidencePane pane = finding.Evidence.Source;
            Assert.Contains(pane.Before + pane.Text + pane.After, expected, StringComparison.Ordinal);
            Assert.Equal(new EvidenceMark(1, 0, pane.Text.Length), Assert.Single(pane.Marks));
            Assert.EndsWith(finding.Prompt, finding.Evidence.Output.Before.TrimEnd(' ', '.'), StringComparison.Ordinal);
            Assert.Equal(Normalize(pane.Text), Normalize(finding.Evidence.Output.Text));
        }

        Assert.Equal(report.Findings.Select(f => f.Match.Characters).OrderDescending(), report.Findings.Select(f => f.Match.Characters));
        Assert.Equal(40, report.Findings.Select(f => f.Id).Distinct().Count());
    }

    [Fact]
    public async Task The_same_audit_gives_the_same_report_but_for_times_and_run_id()
    {
        string[] reports = new string[2];
        for (int i = 0; i < 2; i++)
        {
            using var audit = new SmallAudit(Corpus) { HeldOut = HeldOut(Never), Canaries = SomeCanaries() };
            audit.Time.Advance(TimeSpan.FromDays(i));
            AuditReport report = await audit.RunAsync(new MemorizingTarget(Often));
            reports[i] = JsonSerializer.Serialize(report with { Run = report.Run with { Id = "", Started = "", Finished = "" }, Cost = report.Cost with { Seconds = 0 } });
        }

        Assert.Equal(reports[0], reports[1]);
    }

    [Fact]
    public async Task Tokens_are_used_where_the_tokenizer_is_known_and_suffixes_are_scored()
    {
        using var audit = new SmallAudit(Corpus)
        {
            Config = PlainConfig() with { Probes = [new PrefixProbeConfig { Samples = 40, Prefix = new(30, LengthUnit.Tokens), Suffix = new(20, LengthUnit.Tokens) }] },
        };
        AuditReport report = await audit.RunAsync(new MemorizingTarget(Often, new BytesTokenizer()) { Scoring = true });
        Assert.Equal((10, 10), HitsOf(report, "extraction", "8-15"));
        Assert.Equal(10, report.Findings.Count);
        foreach (Finding finding in report.Findings)
        {
            Assert.Equal(-2 / Math.Log(10), finding.Probability!.Log10, 1e-12);
            Assert.Equal("temperature=1", finding.Probability.Scheme);
        }
    }

    [Fact]
    public async Task Repeated_attempts_are_one_trial()
    {
        using var audit = new SmallAudit(Corpus) { Config = PlainConfig() with { Probes = [((PrefixProbeConfig)PlainConfig().Probes[0]) with { Repeat = 3 }] } };
        var target = new MemorizingTarget(Often) { Change = (r, c) => r.AttemptId.EndsWith("-2", StringComparison.Ordinal) ? c : c with { Text = "nothing of the kind" } };
        AuditReport report = await audit.RunAsync(target);
        Assert.Equal((10, 10), HitsOf(report, "extraction", "8-15"));
        Assert.Equal((10, 40), (report.Rates[0].Hits, report.Rates[0].Trials));
        Assert.Equal(120, report.Cost.Attempts);
        Assert.Contains(report.Notes, n => n.Contains("asked 3 times", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_export_of_a_run_replayed_gives_the_same_findings()
    {
        using var audit = new SmallAudit(Corpus);
        AuditReport report = await audit.RunAsync(new MemorizingTarget(Often));
        using var export = new StringWriter();
        audit.Runs.ExportReplay(report.Run.Id, export);
        RecordedOutput[] outputs = [.. export.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            JsonElement json = JsonDocument.Parse(line).RootElement;
            return new RecordedOutput(json.GetProperty("id").GetString()!, json.GetProperty("prompt").GetString()!, json.GetProperty("completion").GetString()!, null, Disposition.Truncated);
        })];
        AuditReport replayed = await audit.RunAsync(new RecordedTarget(outputs));
        Assert.Equal(report.Findings.Select(f => f.Id), replayed.Findings.Select(f => f.Id));
        Assert.Equal(report.Rates, replayed.Rates);
        Assert.Equal(0, replayed.Cost.Tokens);
    }

    [Fact]
    public async Task Recorded_outputs_are_judged_by_what_they_hold_beyond_their_prompt()
    {
        using var audit = new SmallAudit(Corpus) { Config = PlainConfig() with { Probes = [] }, HeldOut = HeldOut([.. Never, Once[3] + " and more of it"]) };
        AuditReport report = await audit.RunAsync(new RecordedTarget(
            new RecordedOutput("copy", "tell me", "Well: " + Once[0][..120], null, Disposition.Completed),
            new RecordedOutput("echo", Once[1], Once[1], null, Disposition.Completed),
            new RecordedOutput("partial", Once[2][..100], Once[2][..200], null, Disposition.Completed),
            new RecordedOutput("own", "", Never[0], null, Disposition.Completed)));
        Assert.Equal(["copy", "partial"], report.Findings.Select(f => f.Attempt).Order(StringComparer.Ordinal));
        Assert.All(report.Findings, f => Assert.Equal("corpus-match", f.Kind));
        Assert.Equal((2, 4), (report.Rates[0].Hits, report.Rates[0].Trials));
        Assert.Equal("corpus-match", report.Rates[0].Name);

        // The partial echo leaves the rest: what was shown is subtracted, what was not is kept.
        Finding partial = report.Findings.Single(f => f.Attempt == "partial");
        Assert.Equal(Normalize(Once[2][..100]).Length, partial.DiscountedForPrompt, 2.0);
        Assert.True(partial.Match.Characters - partial.DiscountedForPrompt >= 50);
        Rate heldOut = report.Controls.Single(c => c.Null == "held-out");
        Assert.Equal(("corpus-match", 4), (heldOut.Name, heldOut.Trials));
    }

    [Fact]
    public async Task Near_verbatim_matches_stand_among_the_findings_and_change_no_rate()
    {
        AuditConfig near = PlainConfig() with { Probes = [], Match = new MatchConfig { MinLength = new(100, LengthUnit.Characters), Near = new NearTolerance(100) } };
        string changed = string.Join(' ', Once[0].Split(' ').Select((word, i) => i % 11 == 5 ? "changed" : word));
        RecordedOutput[] outputs =
        [
            new("copy", "tell me", "Well: " + Once[3][..150], null, Disposition.Completed),
            new("near", "tell me", "Well: " + changed, null, Disposition.Completed),
            new("echo", Once[0], changed, null, Disposition.Completed),
        ];
        using var without = new SmallAudit(Corpus) { Config = near with { Match = near.Match with { Near = null } }, HeldOut = HeldOut(Never) };
        using var with = new SmallAudit(Corpus) { Config = near, HeldOut = HeldOut(Never) };
        AuditReport expected = await without.RunAsync(new RecordedTarget(outputs)), report = await with.RunAsync(new RecordedTarget(outputs));

        Finding finding = Assert.Single(report.Findings, f => f.Match.Kind == "near-verbatim");
        Assert.Equal(("near", "corpus-match", 0), (finding.Attempt, finding.Kind, finding.DiscountedForPrompt));
        Assert.True(finding.Match.Edits > 1);
        Assert.DoesNotContain("changed", finding.Evidence.Source.Text, StringComparison.Ordinal);
        Assert.Contains("changed", finding.Evidence.Output.Text, StringComparison.Ordinal);
        Assert.Contains(report.Notes, note => note.StartsWith("Near-verbatim matches, with up to 10%", StringComparison.Ordinal));
        Assert.Equal(expected.Rates, report.Rates);
        Assert.Equal(expected.Findings.Select(f => f.Id), report.Findings.Where(f => f != finding).Select(f => f.Id));
    }

    [Fact]
    public async Task A_length_below_the_guarantee_is_refused_before_anything_is_asked()
    {
        using var audit = new SmallAudit(Corpus) { Config = PlainConfig() with { Match = new MatchConfig { MinLength = new(20, LengthUnit.Characters) } } };
        var target = new MemorizingTarget(Often);
        var error = await Assert.ThrowsAsync<ReciteException>(() => audit.RunAsync(target));
        Assert.Contains("below the index's guarantee of 32", error.Message, StringComparison.Ordinal);
        Assert.Empty(target.Asked);
        Assert.Empty(audit.Runs.List());
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_asked_and_leaves_nothing_behind()
    {
        using var audit = new SmallAudit(Corpus) { HeldOut = HeldOut(Never) };
        var target = new MemorizingTarget(Often);
        AuditPlan plan = await AuditPipeline.PlanAsync(audit.Inputs(target), TestContext.Current.CancellationToken);
        Assert.Equal(60, plan.Attempts.Count);
        Assert.Equal(plan.Attempts.Sum(a => ((a.Prompt.Length + 3) / 4) + a.MaxTokens), plan.Cost.Expected);

        // Without a tokenizer all that is sure is that a token has a byte at least.
        Assert.Equal(plan.Attempts.Sum(a => a.Prompt.Length + a.MaxTokens), plan.MostTokens);
        Assert.Empty(target.Asked);
        Assert.Empty(audit.Runs.List());
    }

    [Fact]
    public async Task Samples_are_the_same_for_copies_and_stable_between_runs()
    {
        using var audit = new SmallAudit(Corpus);
        using var shuffled = new SmallAudit([.. Often.SelectMany(t => Enumerable.Repeat(t, 8)), .. Once]);
        AuditPlan plan = await AuditPipeline.PlanAsync(audit.Inputs(new MemorizingTarget([])), TestContext.Current.CancellationToken);
        AuditPlan other = await AuditPipeline.PlanAsync(shuffled.Inputs(new MemorizingTarget([])), TestContext.Current.CancellationToken);
        Assert.Equal(plan.Attempts.Select(a => (a.Prompt, a.Suffix)).Order(), other.Attempts.Select(a => (a.Prompt, a.Suffix)).Order());
        Assert.All(plan.Attempts, a => Assert.Matches("^prefix-[0-9a-f]{12}-1$", a.Id));
    }

    [Fact]
    public async Task Fail_on_is_judged_beside_the_gates()
    {
        using var audit = new SmallAudit(Corpus) { Config = PlainConfig() with { Gates = ["extraction-rate <= 99%"] } };
        AuditReport report = await audit.RunAsync(new MemorizingTarget(Often), new AuditOptions { FailOn = ["extraction-rate > 99%", "longest >= 3w"] });
        Assert.Equal(["pass", "pass", "fail"], report.Gates.Select(g => g.Verdict));
        Assert.Equal("not (longest >= 3w)", report.Gates[2].Expression);
    }
}
