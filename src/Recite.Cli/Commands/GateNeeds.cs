using System.Globalization;
using System.Text.Json.Nodes;
using Recite.Cli.Terminal;
using Recite.Gates;

namespace Recite.Cli.Commands;

/// <summary>How many samples each gate needs before it can pass (M4), beside how many are planned: what <c>audit --dry-run</c> says of gates.</summary>
internal static class GateNeeds
{
    private const double Confidence = 0.95;

    /// <summary>One object for each gate; its numbers are <see langword="null"/> where samples do not decide it.</summary>
    public static JsonArray Describe(IReadOnlyList<Gate> gates, AuditPlan plan)
    {
        // The probe with the most strata asks for the most: a gate is judged on the less favourable probe.
        int strata = Math.Max(1, plan.Facts.Strata.Values.Select(s => s.Count).DefaultIfEmpty(1).Max());
        int planned = plan.Attempts.Where(a => string.Equals(a.Arm, a.Probe, StringComparison.Ordinal)).Select(a => a.Sample).Distinct(StringComparer.Ordinal).Count();
        // Tokens with multiplicity are drawn with replacement; of distinct windows there are only so many.
        double[] windows = [.. plan.Facts.Strata.Values.Where(s => s.Count > 0).Select(s => s.Sum(stratum => stratum.Windows))];
        double? population = windows.Length > 0 ? windows.Max() : null;
        var needs = new JsonArray();
        foreach (Gate gate in gates)
        {
            needs.Add(new JsonObject
            {
                ["gate"] = gate.Expression,
                ["samplesPlanned"] = planned,
                ["population"] = population,
                ["samplesToPassAtNoHit"] = gate.SamplesToPass(strata, Confidence),
                ["assumedRate"] = gate.Unit is null ? gate.Limit / 2 : null,
                ["samplesToPassAtAssumedRate"] = gate.SamplesToPass(strata, Confidence, gate.Limit / 2),
            });
        }

        return needs;
    }

    /// <summary>The same as lines of the table for people.</summary>
    public static IEnumerable<string[]> Rows(JsonArray needs)
    {
        foreach (JsonObject need in needs.OfType<JsonObject>())
        {
            string what = need["samplesToPassAtNoHit"] is { } none
                ? $"needs {Wording.Count((int)none)} samples without a hit to pass, {AtAssumedRate(need)}; planned are {Wording.Count((int)need["samplesPlanned"]!)}{TooFew(need)}"
                : "is not decided by a number of samples";
            yield return ["gate", $"{(string)need["gate"]!}: {what}"];
        }
    }

    private static string TooFew(JsonObject need) => need["population"] is { } population && (double)population < (int)need["samplesToPassAtNoHit"]!
        ? $". It cannot pass on this corpus, which holds about {Wording.Count((long)(double)population)} samples of this kind"
        : "";

    // Limits may be a tenth of a per mille; a percentage with one decimal would round their half away.
    private static string Share(double value) => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.#####} %");

    private static string AtAssumedRate(JsonObject need) => need["samplesToPassAtAssumedRate"] is { } some
        ? $"and {Wording.Count((int)some)} at a true rate of {Share((double)need["assumedRate"]!)}"
        : "and more than can be asked at a true rate of half the limit";
}
