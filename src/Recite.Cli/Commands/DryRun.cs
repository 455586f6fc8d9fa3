using System.Globalization;
using System.Text.Json.Nodes;
using Recite.Cli.Terminal;
using Recite.Config;
using Recite.Gates;

namespace Recite.Cli.Commands;

/// <summary>What <c>audit --dry-run</c> prints: what would be asked and what it would cost, where that is known.</summary>
internal static class DryRun
{
    /// <summary>Plans each target's audit and prints it.</summary>
    public static async Task<int> PrintAsync(CommandContext context, AuditSession session, AuditConfig config, IReadOnlyList<string> failOn, CancellationToken cancellationToken)
    {
        Gate[] gates = [.. config.Gates.Select(Gate.Parse), .. failOn.Select(Gate.ParseForbidden)];
        var rows = new JsonArray();
        foreach (string target in config.Targets)
        {
            AuditPlan plan = await session.PlanAsync(config, target, cancellationToken);
            JsonObject row = Describe(target, plan);
            row["gates"] = GateNeeds.Describe(gates, plan);
            rows.Add(row);
        }

        if (context.Terminal.Json)
        {
            JsonOutput.Write(context.Terminal.Output, new JsonObject { ["schema"] = "recite.plan/1", ["targets"] = rows });
            return ExitCodes.Ok;
        }

        foreach (JsonNode? row in rows)
            Write(context.Terminal.Output, (JsonObject)row!);
        return ExitCodes.Ok;
    }

    private static JsonObject Describe(string target, AuditPlan plan) => new()
    {
        ["target"] = target,
        ["attempts"] = plan.Attempts.Count,
        ["arms"] = new JsonObject(plan.Attempts.GroupBy(attempt => attempt.Arm, StringComparer.Ordinal)
            .Select(arm => KeyValuePair.Create(arm.Key, (JsonNode?)JsonValue.Create(arm.Count())))),
        ["tokensExpected"] = plan.Cost.Expected,
        ["tokens"] = new JsonObject { ["prompts"] = plan.Cost.Prompts, ["completions"] = plan.Cost.Completions, ["scoring"] = plan.Cost.Scoring },
        ["scoringPasses"] = plan.Cost.Passes,
        ["tokensAtMost"] = plan.MostTokens,
        ["secondsExpected"] = plan.Pace is { } pace ? Math.Round(pace.SecondsPerAttempt * plan.Attempts.Count, 1) : null,
        ["paceOf"] = plan.Pace?.RunId,
        // A local model costs nothing but time; of the others no price is known, and unknown is not 0.
        ["usd"] = target.StartsWith("onnx:", StringComparison.Ordinal) || target.StartsWith("replay:", StringComparison.Ordinal) ? 0 : null,
        ["notRun"] = new JsonArray(
        [
            .. plan.Facts.NotRun.SelectMany(probe => probe.Value).DistinctBy(control => control.Null, StringComparer.Ordinal)
                .Select(control => JsonValue.Create($"{control.Null}: {control.Reason}")),
            .. plan.MembershipObstacle is { } obstacle ? [JsonValue.Create($"membership: {obstacle}")] : Array.Empty<JsonNode?>(),
        ]),
        ["notes"] = new JsonArray([.. plan.Facts.Notes.Select(note => JsonValue.Create(note))]),
    };

    private static void Write(TextWriter writer, JsonObject row)
    {
        string arms = string.Join(", ", row["arms"]!.AsObject().Select(arm => $"{arm.Key} {Wording.Count((int)arm.Value!)}"));
        PlainTable.Write(
            writer,
            [
                ["target", (string)row["target"]!],
                ["attempts", $"{Wording.Count((int)row["attempts"]!)} ({arms})"],
                ["scoring", $"{Wording.Count((int)row["scoringPasses"]!)} passes"],
                ["tokens", $"about {Wording.Count((long)row["tokensExpected"]!)}, at most {Wording.Count((long)row["tokensAtMost"]!)}"],
                ["time", row["secondsExpected"] is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"about {(double)seconds:0} s, at the pace of run {row["paceOf"]}") : "unknown: no finished run of this target to go by"],
                ["cost", row["usd"] is null ? "unknown: no price is known for this target" : "none, it runs on this machine"],
                .. GateNeeds.Rows(row["gates"]!.AsArray()),
                .. row["notRun"]!.AsArray().Select(control => (string[])["not run", (string)control!]),
                .. row["notes"]!.AsArray().Select(note => (string[])["note", (string)note!]),
            ]);
    }
}
