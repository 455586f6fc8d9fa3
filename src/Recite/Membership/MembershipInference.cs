using System.Text.Json.Nodes;
using Recite.Membership.Blind;
using Recite.Metrics.Statistics;

namespace Recite.Membership;

/// <summary>How membership is measured.</summary>
/// <param name="Seed">Random seed of the blind baselines' folds.</param>
/// <param name="Confidence">Confidence of every interval.</param>
/// <param name="MinKShare">Share of the least probable tokens that Min-K% looks at.</param>
public sealed record MembershipRules(ulong Seed, double Confidence, double MinKShare)
{
    /// <summary>What in the configuration holds the number of texts down, and what to do; <see langword="null"/> where nothing does.</summary>
    public string? Cap { get; init; }
}

/// <summary>
/// Membership inference (M15): how well scores of a target part members from non-members, behind the blind gate. Never a verdict: it says
/// how the two lists differ under the target, and a text found later has no list that it was drawn from (Zhang et al. 2024, "Membership
/// inference attacks cannot prove that a model was trained on your data").
/// </summary>
public static class MembershipInference
{
    private static readonly double[] s_falsePositiveRates = [0.01, 0.001];

    /// <summary>
    /// The estimate as it stands in <c>estimates[]</c>. Where the gate is shut it holds the reason and the blind baselines, and no score.
    /// </summary>
    /// <param name="samples">Members and non-members, of each at least one, without copies of one another.</param>
    /// <param name="rules">How to measure.</param>
    public static JsonObject Measure(IReadOnlyList<MembershipSample> samples, MembershipRules rules)
    {
        MembershipSample[] members = [.. samples.Where(s => s.IsMember)];
        MembershipSample[] others = [.. samples.Where(s => !s.IsMember)];
        BlindVerdict gate = BlindGate.Judge([.. members.Select(s => s.Text)], [.. others.Select(s => s.Text)], rules.Seed, rules.Confidence, rules.Cap);
        var estimate = new JsonObject
        {
            ["name"] = "membership",
            ["members"] = members.Length,
            ["nonMembers"] = others.Length,
            ["confidence"] = rules.Confidence,
            ["blind"] = DescribeGate(gate),
            ["refused"] = gate.Refusal,
            ["verdict"] = null,
        };
        if (!gate.IsOpen)
            return estimate;

        JsonArray scores = [], notRun = [];
        foreach (MembershipAttack attack in MembershipAttack.All(rules.MinKShare))
        {
            double[]? ofMembers = ScoreAll(attack, members);
            double[]? ofOthers = ScoreAll(attack, others);
            if (ofMembers is null || ofOthers is null)
                notRun.Add(new JsonObject { ["score"] = attack.Name, ["reason"] = $"Not computed: {attack.Needs}." });
            else
                scores.Add(Describe(attack, ofMembers, ofOthers, rules.Confidence));
        }

        estimate["scores"] = scores;
        estimate["notRun"] = notRun;
        return estimate;
    }

    // All or nothing: a score that some texts do not have would be measured on another population than the gate was.
    private static double[]? ScoreAll(MembershipAttack attack, MembershipSample[] samples)
    {
        double?[] scores = [.. samples.Select(attack.Score)];
        return Array.TrueForAll(scores, score => score is { } value && !double.IsNaN(value)) ? [.. scores.Select(score => score!.Value)] : null;
    }

    private static JsonObject DescribeGate(BlindVerdict gate) => new()
    {
        ["limit"] = BlindGate.Limit,
        ["open"] = gate.IsOpen,
        ["method"] = $"{Roc.Method}; Bonferroni over {gate.Results.Count} baselines",
        ["baselines"] = new JsonArray([.. gate.Results.Select(r => new JsonObject
        {
            ["name"] = r.Name,
            ["auc"] = r.Estimate.Auc,
            ["low"] = r.Estimate.Interval.Low,
            ["high"] = r.Estimate.Interval.High,
        })]),
    };

    private static JsonObject Describe(MembershipAttack attack, double[] members, double[] others, double confidence)
    {
        AucEstimate auc = Roc.Estimate(members, others, confidence);
        return new JsonObject
        {
            ["score"] = attack.Name,
            ["source"] = attack.Source,
            ["auc"] = auc.Auc,
            ["low"] = auc.Interval.Low,
            ["high"] = auc.Interval.High,
            ["method"] = Roc.Method,
            ["truePositiveRates"] = new JsonArray([.. s_falsePositiveRates.Select(rate => Describe(rate, members, others, confidence))]),
        };
    }

    private static JsonObject Describe(double falsePositiveRate, double[] members, double[] others, double confidence)
    {
        if (TruePositiveRate.Read(members, others, falsePositiveRate, confidence) is not { } read)
        {
            return new JsonObject
            {
                ["falsePositiveRate"] = falsePositiveRate,
                ["refused"] = FormattableString.Invariant($"A threshold for this rate needs at least {TruePositiveRate.FewestNonMembers(falsePositiveRate)} non-members; there are {others.Length}."),
            };
        }

        return new JsonObject
        {
            ["falsePositiveRate"] = falsePositiveRate,
            ["hits"] = read.Hits,
            ["trials"] = read.Members,
            ["rate"] = read.Rate,
            ["low"] = read.Interval.Low,
            ["high"] = read.Interval.High,
            ["falsePositives"] = read.FalsePositives,
            ["falsePositiveRateHigh"] = read.FalsePositiveRateHigh,
        };
    }
}
