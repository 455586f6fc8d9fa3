using System.Text.Json.Nodes;
using Recite.Config;
using Recite.Indexing.Text;
using Recite.Reporting;
using Recite.Tests.Auditing;
using Recite.Tests.Fakes;

namespace Recite.Tests.Membership;

public sealed class MembershipAuditTest
{
    private static readonly MembershipConfig s_asked = new() { Window = new TextLength(100, LengthUnit.Characters) };

    [Fact]
    public async Task An_audit_that_does_not_ask_for_it_says_nothing_of_it()
    {
        AuditReport report = await RunAsync(null, AuditScene.Never, scoring: true);
        Assert.DoesNotContain(report.Estimates, e => (string?)e["name"] == "membership");
        Assert.DoesNotContain(report.Notes, n => n.Contains("embership", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Few_documents_give_the_blind_baselines_and_a_refusal()
    {
        AuditReport report = await RunAsync(s_asked, AuditScene.Never, scoring: true);
        JsonObject estimate = report.Estimates.Single(e => (string?)e["name"] == "membership");
        Assert.Equal((40, 20), ((int)estimate["members"]!, (int)estimate["nonMembers"]!));
        Assert.False(estimate.ContainsKey("scores"));
        Assert.Contains((string)estimate["refused"]!, report.Notes);
    }

    [Fact]
    public async Task Held_out_documents_that_stand_in_the_corpus_are_no_non_members()
    {
        AuditReport report = await RunAsync(s_asked, [.. AuditScene.Never, .. AuditScene.Once.Take(3)], scoring: true);
        Assert.Equal(20, (int)report.Estimates.Single(e => (string?)e["name"] == "membership")["nonMembers"]!);
        Assert.Contains(report.Notes, n => n.Contains("they share text with the corpus: 3 held-out documents", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, false, "heldOut:")]
    [InlineData(false, true, "no log-probabilities")]
    public async Task What_stands_in_its_way_is_a_note(bool scoring, bool heldOut, string expected)
    {
        AuditReport report = await RunAsync(s_asked, heldOut ? AuditScene.Never : [], scoring);
        Assert.Contains(expected, (string)Estimate(report)["notRun"]![0]!["reason"]!, StringComparison.Ordinal);
        Assert.True(report.Run.Complete);
        Assert.Contains(report.Notes, n => n.StartsWith("Membership inference was not run", StringComparison.Ordinal) && n.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_plan_says_what_it_costs_and_the_run_counts_it()
    {
        using SmallAudit audit = Audit(AuditScene.PlainConfig() with { Membership = s_asked });
        using SmallAudit without = Audit(AuditScene.PlainConfig());
        AuditPlan plan = await AuditPipeline.PlanAsync(audit.Inputs(Target()), TestContext.Current.CancellationToken);
        AuditPlan less = await AuditPipeline.PlanAsync(without.Inputs(Target()), TestContext.Current.CancellationToken);

        // It knows everything, so that no completion ends before its length.
        AuditReport report = await audit.RunAsync(Target([.. AuditScene.Corpus, .. AuditScene.Never]));
        AuditReport shorter = await without.RunAsync(Target([.. AuditScene.Corpus, .. AuditScene.Never]));
        Assert.Equal(60, plan.Cost.Passes - less.Cost.Passes);
        Assert.Equal(plan.Cost.Scoring - less.Cost.Scoring, report.Cost.Tokens - shorter.Cost.Tokens);
        Assert.Equal((long)Estimate(report)["tokens"]!, report.Cost.Tokens - shorter.Cost.Tokens);
        Assert.InRange(plan.Cost.Expected, 0.8 * report.Cost.Tokens, 1.2 * report.Cost.Tokens);
    }

    [Fact]
    public async Task A_budget_that_does_not_cover_it_ends_the_run_before_it_and_a_larger_one_continues()
    {
        using SmallAudit audit = Audit(AuditScene.PlainConfig() with { Membership = s_asked });
        using SmallAudit other = Audit(audit.Config);
        long tokens = (await other.RunAsync(Target())).Cost.Tokens - 1;
        MemorizingTarget target = Target();
        AuditInputs poor = audit.Inputs(target) with { Config = audit.Config with { Budget = new BudgetConfig { Tokens = tokens } } };
        AuditReport cut = await AuditPipeline.RunAsync(poor, new AuditOptions(), null, TestContext.Current.CancellationToken);
        Assert.False(cut.Run.Complete);
        Assert.InRange(cut.Cost.Tokens, 1, tokens);
        Assert.Contains("token budget", (string)Estimate(cut)["notRun"]![0]!["reason"]!, StringComparison.Ordinal);
        Assert.DoesNotContain(target.Scored, request => request.WithMoments);

        AuditReport whole = await audit.RunAsync(Target());
        Assert.Equal((cut.Run.Id, true), (whole.Run.Id, whole.Run.Complete));
        Assert.False(Estimate(whole).ContainsKey("notRun"));
    }

    [Fact]
    public async Task A_refusal_for_too_few_texts_names_the_limit_that_made_them_few()
    {
        using SmallAudit audit = Audit(AuditScene.PlainConfig() with { Membership = s_asked, Limit = 10 });
        JsonObject estimate = Estimate(await audit.RunAsync(Target()));
        Assert.Equal((10, 10), ((int)estimate["members"]!, (int)estimate["nonMembers"]!));
        Assert.Contains("there are 10 and 10, because 'limit: 10' takes no more of each", (string)estimate["refused"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plan_says_that_it_cannot_run_without_held_out_documents()
    {
        using var audit = new SmallAudit(AuditScene.Corpus) { Config = AuditScene.PlainConfig() with { Membership = s_asked } };
        AuditPlan plan = await AuditPipeline.PlanAsync(audit.Inputs(Target()), TestContext.Current.CancellationToken);
        Assert.Contains("heldOut:", plan.MembershipObstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void The_section_is_read_with_its_defaults()
    {
        Assert.Null(Read("").Membership);
        Assert.Null(Read("membership: false").Membership);
        Assert.Equal(new MembershipConfig(), Read("membership: true").Membership);
        Assert.Equal(new MembershipConfig { Samples = 5, MinK = 0.1 }, Read("membership: { samples: 5, minK: 0.1 }").Membership);
        Assert.Throws<Recite.Indexing.ReciteException>(() => Read("membership: { sample: 5 }"));
    }

    private static JsonObject Estimate(AuditReport report) => report.Estimates.Single(e => (string?)e["name"] == "membership");

    private static SmallAudit Audit(AuditConfig config) => new(AuditScene.Corpus) { Config = config, HeldOut = AuditScene.HeldOut(AuditScene.Never) };

    // It leaves the counting to the tokenizer.
    private static MemorizingTarget Target(string[]? known = null) => new(known ?? AuditScene.Often, new BytesTokenizer())
    {
        Scoring = true,
        Change = (_, completion) => completion with { PromptTokenCount = null, CompletionTokenCount = null },
    };

    private static AuditConfig Read(string yaml) => AuditConfigReader.ReadText("corpus: c.rix\n" + yaml, "recite.yaml", _ => null);

    private static async Task<AuditReport> RunAsync(MembershipConfig? membership, string[] never, bool scoring)
    {
        using var audit = new SmallAudit(AuditScene.Corpus) { Config = AuditScene.PlainConfig() with { Membership = membership }, HeldOut = AuditScene.HeldOut(never) };
        return await audit.RunAsync(new MemorizingTarget(AuditScene.Often, new BytesTokenizer()) { Scoring = scoring });
    }
}
