using System.Text.Json.Nodes;
using Recite.Controls;
using Recite.Metrics.Statistics;
using Recite.Probes;

namespace Recite.Metrics;

/// <summary>Shares of samples of a probe, and beside them the same shares of the controls that were asked the same kind of question.</summary>
internal static class ArmShares
{
    /// <summary>The controls that have outputs of their own.</summary>
    public static readonly string[] Controls = ["baseline-model", "held-out", "never-planted"];

    /// <summary>
    /// An entry of <c>estimates[]</c>: samples of which an attempt is a hit, over all that were asked, with an exact interval; the same for
    /// each control there is. <see langword="null"/> where neither the probe nor a control has a hit.
    /// </summary>
    public static JsonObject? Describe(string name, NullContext context, IReadOnlyList<AttemptOutcome> all, Func<AttemptOutcome, bool> isHit)
    {
        string probe = context.Probe.Name;
        AttemptOutcome[] own = InArm(all, probe);
        AttemptOutcome[][] controls = [.. Controls.Select(control => InArm(all, control)).Where(arm => arm.Length > 0)];
        if (!own.Concat(controls.SelectMany(arm => arm)).Any(isHit))
            return null;

        var estimate = new JsonObject { ["name"] = name, ["probe"] = probe, ["unit"] = "samples", ["base"] = "attempts" };
        Add(estimate, own, isHit, context.Confidence);
        estimate["confidence"] = context.Confidence;
        estimate["method"] = ClopperPearson.Method;
        estimate["controls"] = new JsonArray([.. controls.Select(arm =>
        {
            var control = new JsonObject { ["null"] = arm[0].Attempt.Arm };
            Add(control, arm, isHit, context.Confidence);
            return control;
        })]);
        return estimate;
    }

    public static AttemptOutcome[] InArm(IEnumerable<AttemptOutcome> outcomes, string arm) =>
        [.. outcomes.Where(o => string.Equals(o.Attempt.Arm, arm, StringComparison.Ordinal))];

    private static void Add(JsonObject json, AttemptOutcome[] arm, Func<AttemptOutcome, bool> isHit, double confidence)
    {
        int trials = arm.Select(o => o.Attempt.Sample).Distinct(StringComparer.Ordinal).Count();
        int hits = arm.Where(isHit).Select(o => o.Attempt.Sample).Distinct(StringComparer.Ordinal).Count();
        Interval? interval = trials == 0 ? null : ClopperPearson.TwoSided(hits, trials, confidence);
        json["hits"] = hits;
        json["trials"] = trials;
        json["rate"] = trials == 0 ? null : (double)hits / trials;
        json["low"] = interval?.Low;
        json["high"] = interval?.High;
    }
}
