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
        Assert.Contains(report.Notes, n => n.StartsWith("Membership inference was not run", StringComparison.Ordinal) && n.Contains(expected, StringComparison.Ordinal));
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

    private static AuditConfig Read(string yaml) => AuditConfigReader.ReadText("corpus: c.rix\n" + yaml, "recite.yaml", _ => null);

    private static async Task<AuditReport> RunAsync(MembershipConfig? membership, string[] never, bool scoring)
    {
        using var audit = new SmallAudit(AuditScene.Corpus) { Config = AuditScene.PlainConfig() with { Membership = membership }, HeldOut = AuditScene.HeldOut(never) };
        return await audit.RunAsync(new MemorizingTarget(AuditScene.Often, new BytesTokenizer()) { Scoring = scoring });
    }
}
