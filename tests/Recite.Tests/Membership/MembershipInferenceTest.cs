using System.Text.Json.Nodes;
using Recite.Membership;
using Recite.Membership.Blind;
using Recite.Probes;
using Recite.Targets;
using Recite.Tests.Fakes;

namespace Recite.Tests.Membership;

public sealed class MembershipInferenceTest
{
    private static readonly MembershipRules s_rules = new(7, 0.95, 0.2);
    private static readonly SeededRandom s_random = new(5);
    private static readonly MembershipSample[] s_fair = [.. Enumerable.Range(0, 3000).Select(i => Sample(i, i % 2 == 0, RandomText.Make((ulong)i, 12)))];

    [Fact]
    public void Where_the_gate_is_open_every_score_has_its_area_and_its_rates()
    {
        JsonObject estimate = MembershipInference.Measure(s_fair, s_rules);
        Assert.True((bool)estimate["blind"]!["open"]!, estimate.ToJsonString());
        Assert.Null(estimate["refused"]);
        Assert.Null(estimate["verdict"]);
        JsonObject loss = estimate["scores"]![0]!.AsObject();
        Assert.Equal("loss", (string)loss["score"]!);
        Assert.InRange((double)loss["auc"]!, 0.7, 0.9);
        Assert.All(loss["truePositiveRates"]!.AsArray(), rate => Assert.True((int)rate!["falsePositives"]! <= 1500 * (double)rate["falsePositiveRate"]!));
    }

    [Fact]
    public void Scores_whose_needs_are_not_met_are_named_with_the_reason()
    {
        JsonArray notRun = MembershipInference.Measure(s_fair, s_rules)["notRun"]!.AsArray();
        Assert.Equal(["min-k++", "reference-ratio"], notRun.Select(n => (string)n!["score"]!));
        Assert.Contains("baseline:", (string)notRun[1]!["reason"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void With_moments_and_a_baseline_all_five_are_there()
    {
        MembershipSample[] full = [.. s_fair.Select(s => s with
        {
            Target = s.Target with { Moments = [.. s.Target.LogProbabilities.Select(_ => new VocabularyMoments(-3, 1))] },
            Reference = new SuffixScore([-4, -4], [], []),
        })];
        Assert.Equal(
            ["loss", "zlib-ratio", "min-k", "min-k++", "reference-ratio"],
            MembershipInference.Measure(full, s_rules)["scores"]!.AsArray().Select(s => (string)s!["score"]!));
    }

    [Fact]
    public void Behind_a_shut_gate_there_is_no_score_at_all()
    {
        MembershipSample[] shifted = [.. s_fair.Select(s => s with { Text = s.Text + (s.IsMember ? " in 1999" : " in 2024") })];
        JsonObject estimate = MembershipInference.Measure(shifted, s_rules);
        Assert.Contains("dates and numbers", (string)estimate["refused"]!, StringComparison.Ordinal);
        Assert.False(estimate.ContainsKey("scores"));
        Assert.Equal(BlindGate.Baselines.Count, estimate["blind"]!["baselines"]!.AsArray().Count);
    }

    [Fact]
    public void A_rate_that_too_few_non_members_determine_is_refused()
    {
        MembershipSample[] fewer = [.. s_fair.Where((s, i) => s.IsMember || i >= 1100)];
        JsonObject estimate = MembershipInference.Measure(fewer, s_rules);
        Assert.True((bool)estimate["blind"]!["open"]!, estimate.ToJsonString());
        JsonArray rates = estimate["scores"]![0]!["truePositiveRates"]!.AsArray();
        Assert.Null(rates[0]!["refused"]);
        Assert.Equal("A threshold for this rate needs at least 1000 non-members; there are 950.", (string)rates[1]!["refused"]!);
    }

    // Members are a little more probable, each token by itself.
    private static MembershipSample Sample(int index, bool isMember, string text)
    {
        double[] scores = [.. Enumerable.Range(0, 8).Select(_ => -(s_random.Below(1000) / (isMember ? 300.0 : 240.0)) - 0.01)];
        return new MembershipSample(text, isMember, new SuffixScore(scores, [], []) { RequestIndex = index }, null);
    }
}
