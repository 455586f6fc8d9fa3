using System.Text.Json.Nodes;
using Recite.Config;
using Recite.Controls.Ngram;
using Recite.Indexing.Text;
using Recite.Metrics;
using Recite.Reporting;
using Recite.Runs;
using Recite.Tests.Auditing;
using Recite.Tests.Fakes;

namespace Recite.Tests.Metrics;

public sealed class CodeLengthFiguresTest
{
    private static readonly AuditConfig s_config = new()
    {
        Probes = [new PrefixProbeConfig { Samples = 20, Prefix = new(40, LengthUnit.Tokens), Suffix = new(40, LengthUnit.Tokens) }],
        Match = new MatchConfig { MinLength = new(50, LengthUnit.Characters) },
    };

    [Fact]
    public async Task The_saving_is_what_the_null_needs_more_than_the_target()
    {
        // One token is one character, and the target gives each the natural logarithm -0.1 where it knows the text by heart, else -3.
        using var audit = new SmallAudit(AuditScene.Once) { Config = s_config, HeldOut = AuditScene.HeldOut(AuditScene.Never) };
        AuditReport report = await audit.RunAsync(new MemorizingTarget(AuditScene.Once, new SingleByteTokenizer()) { Scoring = true });
        JsonObject[] lengths = [.. report.Estimates.Where(e => (string?)e["name"] == "code-length")];
        Assert.Equal(["prefix", "prefix", "held-out"], lengths.Select(e => (string?)e["arm"]));
        Assert.Equal([null, "1", null], lengths.Select(e => (string?)e["duplicates"]));
        foreach (JsonObject length in lengths)
        {
            double target = (double)length["targetBitsPerCharacter"]!, chance = (double)length["nullBitsPerCharacter"]!, saving = (double)length["saving"]!;
            Assert.Equal(((string?)length["arm"] == "prefix" ? 0.1 : 3) / Math.Log(2), target, 1e-12);
            Assert.Equal(chance - target, saving, 1e-12);

            // Random letters cannot be told in much less than the logarithm of their number.
            Assert.InRange(chance, 3, 6);
            Assert.InRange(saving, (double)length["low"]!, (double)length["high"]!);
        }
    }

    [Fact]
    public async Task Words_are_not_compared_with_tokens()
    {
        using var audit = new SmallAudit(AuditScene.Once);
        AuditReport report = await audit.RunAsync(new MemorizingTarget(AuditScene.Once) { Scoring = true });
        Assert.DoesNotContain(report.Estimates, e => (string?)e["name"] == "code-length");
    }

    [Fact]
    public void A_sample_that_one_of_both_did_not_score_is_left_out()
    {
        using var audit = new SmallAudit(AuditScene.Once);
        using OutOfFoldNgram model = OutOfFoldNgram.Build(audit.Index, new SingleByteTokenizer(), new NgramOptions(), TestContext.Current.CancellationToken);
        PlannedAttempt[] samples = [Sample("a", "abc"), Sample("a", "abc"), Sample("b", "äöü")];
        CodedText coded = Assert.Single(CodeLengthFigures.Join(samples, new Dictionary<string, double> { ["b"] = -Math.Log(8), ["c"] = -1 }, model));
        Assert.Equal((3.0, 3), (Math.Round(coded.TargetBits, 12), coded.Characters));
        Assert.Equal(-model.LogProbability("before ", "äöü", -1)!.Value / Math.Log(2), coded.NullBits, 1e-9);
    }

    [Fact]
    public void The_probabilities_of_all_tokens_and_of_the_end_sum_to_one()
    {
        using var audit = new SmallAudit(AuditScene.Once);
        using OutOfFoldNgram model = OutOfFoldNgram.Build(audit.Index, new SingleByteTokenizer(), new NgramOptions(), TestContext.Current.CancellationToken);
        double sum = Enumerable.Range(0, 128).Sum(b => Math.Exp(model.LogProbability("some te", ((char)b).ToString(), 3)!.Value));

        // Bytes above 127 are no characters by themselves, and were never counted: each has the same share as any unseen byte; so has the end.
        double unseen = Math.Exp(model.LogProbability("some te", "\u0001", 3)!.Value);
        Assert.InRange(1 - sum, 128 * unseen, 129 * unseen + 0.05);
    }

    private static PlannedAttempt Sample(string name, string suffix) => new()
    {
        Ordinal = 0,
        Id = name,
        Arm = "prefix",
        Probe = "prefix",
        Sample = name,
        Prompt = "before ",
        Suffix = suffix,
        MaxTokens = 3,
    };
}
