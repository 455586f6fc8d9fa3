using Recite.Config;
using Recite.Indexing;
using Recite.Reporting;
using Recite.Targets;
using Recite.Tests.Fakes;
using static Recite.Tests.Auditing.AuditScene;

namespace Recite.Tests.Auditing;

/// <summary>What becomes of an audit that is interrupted, runs out of budget or meets errors.</summary>
public sealed class AuditContinuationTest
{
    [Fact]
    public async Task Interrupted_anywhere_it_goes_on_and_asks_nothing_twice()
    {
        using var uninterrupted = new SmallAudit(Corpus) { HeldOut = HeldOut(Never) };
        string expected = Comparable(await uninterrupted.RunAsync(new MemorizingTarget(Often)));

        using var audit = new SmallAudit(Corpus) { HeldOut = HeldOut(Never) };
        List<string> asked = [];
        foreach (int stop in new[] { 0, 1, 7, 30 })
        {
            using var cancel = new CancellationTokenSource();
            var target = new MemorizingTarget(Often) { BeforeAnswer = n => { if (n == stop) cancel.Cancel(); } };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => audit.RunAsync(target, null, cancel.Token));
            asked.AddRange(target.Asked);
        }

        var last = new MemorizingTarget(Often);
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
        using var audit = new SmallAudit(Corpus);
        AuditReport first = await audit.RunAsync(new MemorizingTarget(Often));
        AuditReport second = await audit.RunAsync(new MemorizingTarget(Often));
        AuditReport other = await audit.RunAsync(new MemorizingTarget(Often) { Id = "fake:other" });
        Assert.Equal(3, new[] { first.Run.Id, second.Run.Id, other.Run.Id }.Distinct().Count());
        Assert.All(audit.Runs.List(), run => Assert.NotNull(run.Finished));
    }

    [Fact]
    public async Task Stopped_while_its_report_is_written_it_goes_on_and_asks_nothing_again()
    {
        using var audit = new SmallAudit(Corpus);
        AuditReport? kept = null;
        var options = new AuditOptions
        {
            Deliver = (report, _) =>
            {
                kept = report;
                throw new IOException("killed");
            },
        };
        await Assert.ThrowsAsync<IOException>(() => audit.RunAsync(new MemorizingTarget(Often), options));
        Assert.Null(Assert.Single(audit.Runs.List()).Finished);

        var again = new MemorizingTarget(Often);
        AuditReport report = await audit.RunAsync(again);
        Assert.Equal(kept!.Run.Id, report.Run.Id);
        Assert.Equal(Comparable(kept), Comparable(report));
        Assert.Empty(again.Asked);
        Assert.NotNull(Assert.Single(audit.Runs.List()).Finished);
    }

    [Fact]
    public async Task A_run_of_another_audit_is_not_continued()
    {
        using var audit = new SmallAudit(Corpus);
        AuditReport report = await audit.RunAsync(new MemorizingTarget(Often));
        var error = await Assert.ThrowsAsync<ReciteException>(() => audit.RunAsync(new MemorizingTarget(Often) { Id = "fake:other" }, new AuditOptions { Resume = report.Run.Id }));
        Assert.Contains("cannot be continued", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spent_budget_gives_a_partial_report_and_a_larger_one_goes_on()
    {
        using var audit = new SmallAudit(Corpus);
        AuditInputs inputs = audit.Inputs(new MemorizingTarget(Often));
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
        using var audit = new SmallAudit(Corpus) { Config = PlainConfig() with { Budget = new BudgetConfig { Usd = 5 } } };
        var error = await Assert.ThrowsAsync<ReciteException>(() => audit.RunAsync(new MemorizingTarget(Often) { Endpoint = "chat" }));
        Assert.Contains("price of fake:memorizing is not known", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await audit.RunAsync(new MemorizingTarget(Often))).Cost.Usd);
    }

    [Fact]
    public async Task Errors_are_counted_kept_and_retried()
    {
        using var audit = new SmallAudit(Corpus);
        int failures = 0;
        var flaky = new MemorizingTarget(Often)
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

        var target = new MemorizingTarget(Often);
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
        using var audit = new SmallAudit(Corpus);
        AuditReport report = await audit.RunAsync(new MemorizingTarget(Often) { Change = (_, c) => c with { Disposition = disposition } });
        Assert.Equal(40, report.Dispositions[word]);
        Assert.Equal(40, report.Rates[0].Trials);
        Assert.Equal(completed, report.Rates.First(r => r.Base == "completed").Trials);
    }

    [Fact]
    public async Task A_target_that_is_silent_about_an_attempt_has_failed_it()
    {
        using var audit = new SmallAudit(Corpus);
        AuditReport report = await audit.RunAsync(new SilentTarget());
        Assert.Equal(40, report.Dispositions["error"]);
    }

    [Fact]
    public async Task A_target_that_answers_twice_is_not_believed()
    {
        using var audit = new SmallAudit(Corpus);
        var target = new MemorizingTarget(Often) { Change = (_, c) => c with { RequestIndex = 0 } };
        var error = await Assert.ThrowsAsync<ReciteException>(() => audit.RunAsync(target));
        Assert.Contains("answered a request that was not open", error.Message, StringComparison.Ordinal);
    }

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
