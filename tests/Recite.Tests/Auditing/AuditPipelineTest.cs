using System.Text;
using System.Text.Json;
using Recite.Config;
using Recite.Evidence;
using Recite.Indexing;
using Recite.Indexing.Corpora;
using Recite.Indexing.Text;
using Recite.Reporting;
using Recite.Targets;
using Recite.Tests.Fakes;

namespace Recite.Tests.Auditing;

public sealed class AuditPipelineTest
{
    private static readonly string[] s_once = [.. Enumerable.Range(0, 30).Select(i => RandomText.Make((ulong)i, 60))];
    private static readonly string[] s_often = [.. Enumerable.Range(100, 10).Select(i => RandomText.Make((ulong)i, 60))];
    private static readonly string[] s_corpus = [.. s_once, .. s_often.SelectMany(t => Enumerable.Repeat(t, 8))];
    private static readonly string[] s_never = [.. Enumerable.Range(200, 20).Select(i => RandomText.Make((ulong)i, 60))];

    [Fact]
    public async Task Shows_the_dose_response_beside_its_controls()
    {
        using var audit = new SmallAudit(s_corpus) { HeldOut = HeldOut(s_never), Canaries = Canaries() };
        AuditReport report = await audit.RunAsync(new MemorizingTarget(s_often));

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
        Assert.Equal(["baseline-model", "foreign-index", "out-of-fold-ngram"], report.ControlsNotRun.Select(c => c.Null));
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
        using var audit = new SmallAudit(s_corpus) { Config = Config() with { Gates = ["extraction-rate <= 0.2", "longest < 5w"] } };
        AuditReport trained = await audit.RunAsync(new MemorizingTarget(s_corpus));
        AuditReport untrained = await audit.RunAsync(new MemorizingTarget([]) { Id = "fake:untrained" });
        Assert.Equal(["fail", "fail"], trained.Gates.Select(g => g.Verdict));
        Assert.Equal(["pass", "pass"], untrained.Gates.Select(g => g.Verdict));
        Assert.Empty(untrained.Findings);
        Assert.Equal(0, untrained.Rates[0].Value);
    }

    [Fact]
    public async Task Every_finding_stands_in_the_corpus_where_it_says()
    {
        using var audit = new SmallAudit(s_corpus);
        AuditReport report = await audit.RunAsync(new MemorizingTarget(s_corpus));
        Assert.Equal(40, report.Findings.Count);
        foreach (Finding finding in report.Findings)
        {
            Assert.Equal("discoverable-extraction", finding.Kind);
            string output = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(finding.Completion)[finding.Match.Start..finding.Match.End]);
            Assert.NotEmpty(finding.Match.Sources);
            foreach (FindingSource source in finding.Match.Sources)
            {
                string document = s_corpus[int.Parse(source.Document[1..])];
                Assert.Equal(Normalize(output), Normalize(document[(int)source.Start..(int)source.End]));
            }

            string expected = s_corpus.First(t => t.Contains(finding.Prompt, StringComparison.Ordinal));
            Assert.Equal(s_corpus.Count(t => t == expected), finding.Match.Occurrences);
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
            using var audit = new SmallAudit(s_corpus) { HeldOut = HeldOut(s_never), Canaries = Canaries() };
            audit.Time.Advance(TimeSpan.FromDays(i));
            AuditReport report = await audit.RunAsync(new MemorizingTarget(s_often));
            reports[i] = JsonSerializer.Serialize(report with { Run = report.Run with { Id = "", Started = "", Finished = "" }, Cost = report.Cost with { Seconds = 0 } });
        }

        Assert.Equal(reports[0], reports[1]);
    }

    [Fact]
    public async Task Interrupted_anywhere_it_goes_on_and_asks_nothing_twice()
    {
        using var uninterrupted = new SmallAudit(s_corpus) { HeldOut = HeldOut(s_never) };
        string expected = Comparable(await uninterrupted.RunAsync(new MemorizingTarget(s_often)));

        using var audit = new SmallAudit(s_corpus) { HeldOut = HeldOut(s_never) };
        List<string> asked = [];
        foreach (int stop in new[] { 0, 1, 7, 30 })
        {
            using var cancel = new CancellationTokenSource();
            var target = new MemorizingTarget(s_often) { BeforeAnswer = n => { if (n == stop) cancel.Cancel(); } };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => audit.RunAsync(target, null, cancel.Token));
            asked.AddRange(target.Asked);
        }

        var last = new MemorizingTarget(s_often);
        AuditReport report = await audit.RunAsync(last);
        asked.AddRange(last.Asked);
        Assert.Equal(expected, Comparable(report));
        Assert.Equal(60, asked.Count);
        Assert.Equal(60, asked.Distinct().Count());
        Assert.Single(audit.Runs.List());
    }

    [Fact]
    public async Task A_finished_run_starts_anew_and_another_audit_has_a_run_of_its_own()
    {
        using var audit = new SmallAudit(s_corpus);
        AuditReport first = await audit.RunAsync(new MemorizingTarget(s_often));
        AuditReport second = await audit.RunAsync(new MemorizingTarget(s_often));
        AuditReport other = await audit.RunAsync(new MemorizingTarget(s_often) { Id = "fake:other" });
        Assert.Equal(3, new[] { first.Run.Id, second.Run.Id, other.Run.Id }.Distinct().Count());
        Assert.All(audit.Runs.List(), run => Assert.NotNull(run.Finished));
    }

    [Fact]
    public async Task A_run_of_another_audit_is_not_continued()
    {
        using var audit = new SmallAudit(s_corpus);
        AuditReport report = await audit.RunAsync(new MemorizingTarget(s_often));
        var error = await Assert.ThrowsAsync<ReciteException>(() => audit.RunAsync(new MemorizingTarget(s_often) { Id = "fake:other" }, new AuditOptions { Resume = report.Run.Id }));
        Assert.Contains("cannot be continued", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spent_budget_gives_a_partial_report_and_a_larger_one_goes_on()
    {
        using var audit = new SmallAudit(s_corpus);
        AuditInputs inputs = audit.Inputs(new MemorizingTarget(s_often));
        AuditReport partial = await AuditPipeline.RunAsync(inputs with { Config = inputs.Config with { Budget = new BudgetConfig { Tokens = 500 } } }, new AuditOptions(), null, TestContext.Current.CancellationToken);
        Assert.False(partial.Run.Complete);
        Assert.InRange(partial.Cost.Attempts, 1, 39);
        Assert.InRange(partial.Cost.Tokens, 1, 500);
        Assert.Contains(partial.Notes, n => n.Contains("not complete", StringComparison.Ordinal));

        AuditReport whole = await AuditPipeline.RunAsync(inputs with { Config = inputs.Config with { Budget = new BudgetConfig { Tokens = 1_000_000 } } }, new AuditOptions(), null, TestContext.Current.CancellationToken);
        Assert.Equal(partial.Run.Id, whole.Run.Id);
        Assert.True(whole.Run.Complete);
        Assert.Equal(40, whole.Cost.Attempts);
    }

    [Fact]
    public async Task Money_that_cannot_be_counted_is_no_budget()
    {
        using var audit = new SmallAudit(s_corpus) { Config = Config() with { Budget = new BudgetConfig { Usd = 5 } } };
        var error = await Assert.ThrowsAsync<ReciteException>(() => audit.RunAsync(new MemorizingTarget(s_often) { Endpoint = "chat" }));
        Assert.Contains("price of fake:memorizing is not known", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await audit.RunAsync(new MemorizingTarget(s_often))).Cost.Usd);
    }

    [Fact]
    public async Task Errors_are_counted_kept_and_retried()
    {
        using var audit = new SmallAudit(s_corpus);
        int failures = 0;
        var flaky = new MemorizingTarget(s_often)
        {
            Change = (request, completion) => request.Index % 4 == 0 && ++failures > 0
                ? new Completion { RequestIndex = request.Index, Disposition = Disposition.Error, Error = "connection reset" }
                : completion,
        };
        AuditReport report = await audit.RunAsync(flaky);
        Assert.Equal(10, failures);
        Assert.Equal(10, report.Dispositions["error"]);
        Assert.Equal(0.25, report.ErrorShare);
        Assert.True(report.ErrorShare > AuditPipeline.MostErrors);
        Assert.Equal(40, report.Rates[0].Trials);
        Assert.Equal(30, report.Rates.First(r => r.Base == "completed").Trials);

        var target = new MemorizingTarget(s_often);
        AuditReport retried = await audit.RunAsync(target, new AuditOptions { RetryErrors = true });
        Assert.Equal(10, target.Asked.Count);
        Assert.Equal(report.Run.Id, retried.Run.Id);
        Assert.Equal(0, retried.Dispositions["error"]);
        Assert.Single(audit.Runs.List());
    }

    [Theory]
    [InlineData(Disposition.Refused, "refused", 0)]
    [InlineData(Disposition.Filtered, "filtered", 0)]
    [InlineData(Disposition.Completed, "completed", 40)]
    public async Task Dispositions_decide_what_counts_as_completed(Disposition disposition, string word, int completed)
    {
        using var audit = new SmallAudit(s_corpus);
        AuditReport report = await audit.RunAsync(new MemorizingTarget(s_often) { Change = (_, c) => c with { Disposition = disposition } });
        Assert.Equal(40, report.Dispositions[word]);
        Assert.Equal(40, report.Rates[0].Trials);
        Assert.Equal(completed, report.Rates.First(r => r.Base == "completed").Trials);
    }

    [Fact]
    public async Task A_target_that_is_silent_about_an_attempt_has_failed_it()
    {
        using var audit = new SmallAudit(s_corpus);
        AuditReport report = await audit.RunAsync(new SilentTarget());
        Assert.Equal(40, report.Dispositions["error"]);
    }

    [Fact]
    public async Task A_target_that_answers_twice_is_not_believed()
    {
        using var audit = new SmallAudit(s_corpus);
        var target = new MemorizingTarget(s_often) { Change = (_, c) => c with { RequestIndex = 0 } };
        var error = await Assert.ThrowsAsync<ReciteException>(() => audit.RunAsync(target));
        Assert.Contains("answered a request that was not open", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_are_used_where_the_tokenizer_is_known_and_suffixes_are_scored()
    {
        using var audit = new SmallAudit(s_corpus)
        {
            Config = Config() with { Probes = [new PrefixProbeConfig { Samples = 40, Prefix = new(30, LengthUnit.Tokens), Suffix = new(20, LengthUnit.Tokens) }] },
        };
        AuditReport report = await audit.RunAsync(new MemorizingTarget(s_often, new BytesTokenizer()) { Scoring = true });
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
        using var audit = new SmallAudit(s_corpus) { Config = Config() with { Probes = [((PrefixProbeConfig)Config().Probes[0]) with { Repeat = 3 }] } };
        var target = new MemorizingTarget(s_often) { Change = (r, c) => r.AttemptId.EndsWith("-2", StringComparison.Ordinal) ? c : c with { Text = "nothing of the kind" } };
        AuditReport report = await audit.RunAsync(target);
        Assert.Equal((10, 10), HitsOf(report, "extraction", "8-15"));
        Assert.Equal((10, 40), (report.Rates[0].Hits, report.Rates[0].Trials));
        Assert.Equal(120, report.Cost.Attempts);
        Assert.Contains(report.Notes, n => n.Contains("asked 3 times", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_export_of_a_run_replayed_gives_the_same_findings()
    {
        using var audit = new SmallAudit(s_corpus);
        AuditReport report = await audit.RunAsync(new MemorizingTarget(s_often));
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
        using var audit = new SmallAudit(s_corpus) { Config = Config() with { Probes = [] }, HeldOut = HeldOut([.. s_never, s_once[3] + " and more of it"]) };
        AuditReport report = await audit.RunAsync(new RecordedTarget(
            new RecordedOutput("copy", "tell me", "Well: " + s_once[0][..120], null, Disposition.Completed),
            new RecordedOutput("echo", s_once[1], s_once[1], null, Disposition.Completed),
            new RecordedOutput("partial", s_once[2][..100], s_once[2][..200], null, Disposition.Completed),
            new RecordedOutput("own", "", s_never[0], null, Disposition.Completed)));
        Assert.Equal(["copy", "partial"], report.Findings.Select(f => f.Attempt).Order(StringComparer.Ordinal));
        Assert.All(report.Findings, f => Assert.Equal("corpus-match", f.Kind));
        Assert.Equal((2, 4), (report.Rates[0].Hits, report.Rates[0].Trials));
        Assert.Equal("corpus-match", report.Rates[0].Name);

        // The partial echo leaves the rest: what was shown is subtracted, what was not is kept.
        Finding partial = report.Findings.Single(f => f.Attempt == "partial");
        Assert.Equal(Normalize(s_once[2][..100]).Length, partial.DiscountedForPrompt, 2.0);
        Assert.True(partial.Match.Characters - partial.DiscountedForPrompt >= 50);
        Rate heldOut = report.Controls.Single(c => c.Null == "held-out");
        Assert.Equal(("corpus-match", 4), (heldOut.Name, heldOut.Trials));
    }

    [Fact]
    public async Task A_length_below_the_guarantee_is_refused_before_anything_is_asked()
    {
        using var audit = new SmallAudit(s_corpus) { Config = Config() with { Match = new MatchConfig { MinLength = new(20, LengthUnit.Characters) } } };
        var target = new MemorizingTarget(s_often);
        var error = await Assert.ThrowsAsync<ReciteException>(() => audit.RunAsync(target));
        Assert.Contains("below the index's guarantee of 32", error.Message, StringComparison.Ordinal);
        Assert.Empty(target.Asked);
        Assert.Empty(audit.Runs.List());
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_asked_and_leaves_nothing_behind()
    {
        using var audit = new SmallAudit(s_corpus) { HeldOut = HeldOut(s_never) };
        var target = new MemorizingTarget(s_often);
        AuditPlan plan = await AuditPipeline.PlanAsync(audit.Inputs(target), TestContext.Current.CancellationToken);
        Assert.Equal(60, plan.Attempts.Count);
        Assert.Equal(plan.Attempts.Sum(a => ((a.Prompt.Length + 3) / 4) + a.MaxTokens), plan.MostTokens);
        Assert.Empty(target.Asked);
        Assert.Empty(audit.Runs.List());
    }

    [Fact]
    public async Task Samples_are_the_same_for_copies_and_stable_between_runs()
    {
        using var audit = new SmallAudit(s_corpus);
        using var shuffled = new SmallAudit([.. s_often.SelectMany(t => Enumerable.Repeat(t, 8)), .. s_once]);
        AuditPlan plan = await AuditPipeline.PlanAsync(audit.Inputs(new MemorizingTarget([])), TestContext.Current.CancellationToken);
        AuditPlan other = await AuditPipeline.PlanAsync(shuffled.Inputs(new MemorizingTarget([])), TestContext.Current.CancellationToken);
        Assert.Equal(plan.Attempts.Select(a => (a.Prompt, a.Suffix)).Order(), other.Attempts.Select(a => (a.Prompt, a.Suffix)).Order());
        Assert.All(plan.Attempts, a => Assert.Matches("^prefix-[0-9a-f]{12}-1$", a.Id));
    }

    [Fact]
    public async Task Fail_on_is_judged_beside_the_gates()
    {
        using var audit = new SmallAudit(s_corpus) { Config = Config() with { Gates = ["extraction-rate <= 99%"] } };
        AuditReport report = await audit.RunAsync(new MemorizingTarget(s_often), new AuditOptions { FailOn = ["extraction-rate > 99%", "longest >= 3w"] });
        Assert.Equal(["pass", "pass", "fail"], report.Gates.Select(g => g.Verdict));
        Assert.Equal("not (longest >= 3w)", report.Gates[2].Expression);
    }

    private static AuditConfig Config()
    {
        using var audit = new SmallAudit(["a document that is long enough to be indexed by itself"]);
        return audit.Config;
    }

    internal static IReadOnlyList<Document> HeldOut(IEnumerable<string> texts) => [.. texts.Select((t, i) => SmallAudit.Document($"held-{i}", t))];

    private static CanaryList Canaries() => new([
        .. Enumerable.Range(300, 12).Select(i => new Canary($"c{i}", 0, RandomText.Make((ulong)i, 40))),
        .. s_often.Select((t, i) => new Canary($"p{i}", 8, t)),
    ]);

    private static (int Hits, int Trials) HitsOf(AuditReport report, string name, string stratum)
    {
        Rate rate = report.Rates.Single(r => r.Name == name && r.Base == "attempts" && r.Stratum?.Duplicates == stratum);
        return (rate.Hits, rate.Trials);
    }

    internal static (int Hits, int Trials) HitsOf(IEnumerable<Rate> rates, string name, string nullName)
    {
        Rate rate = rates.Single(r => r.Name == name && r.Null == nullName && r.Stratum is null);
        return (rate.Hits, rate.Trials);
    }

    private static string Comparable(AuditReport report) => JsonSerializer.Serialize(report with
    {
        Run = report.Run with { Id = "", Started = "", Finished = "" },
        Cost = report.Cost with { Seconds = 0 },
    });

    private static string Normalize(string text) =>
        Encoding.UTF8.GetString(TextNormalizer.For("text").NormalizeWithMap(Encoding.UTF8.GetBytes(text)).Bytes.Span).Trim();

    private sealed class SilentTarget : ITarget
    {
        public string Id => "fake:silent";

        public TargetCapabilities Capabilities => new("local", null, false, false, true, null);

        public ITokenizer? Tokenizer => null;

        public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public IAsyncEnumerable<Completion> CompleteAsync(IReadOnlyList<CompletionRequest> requests, CancellationToken cancellationToken) => AsyncEnumerable.Empty<Completion>();

        public IAsyncEnumerable<SuffixScore> ScoreAsync(IReadOnlyList<ScoreRequest> requests, CancellationToken cancellationToken) => AsyncEnumerable.Empty<SuffixScore>();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
