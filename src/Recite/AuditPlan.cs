using System.Text.Json;
using Recite.Indexing;
using Recite.Probes;
using Recite.Reporting;
using Recite.Runs;

namespace Recite;

/// <summary>What an audit will ask, and what it already knows it will have to say about that. Also what <c>--dry-run</c> prints.</summary>
/// <param name="Attempts">The attempts in the order of asking.</param>
/// <param name="Cost">The tokens they are expected to cost, scoring included.</param>
/// <param name="Facts">What stands on the report beside the results.</param>
public sealed record AuditPlan(IReadOnlyList<PlannedAttempt> Attempts, PlannedCost Cost, PlanFacts Facts)
{
    /// <summary>The most tokens the attempts and passes can cost; an estimate where no tokenizer is known.</summary>
    public long MostTokens => Cost.Most;

    /// <summary>Why membership inference, though asked for, cannot run; <see langword="null"/> where it can or was not asked for.</summary>
    public string? MembershipObstacle { get; init; }

    /// <summary>How fast an earlier run of the same target went; <see langword="null"/> where there is none.</summary>
    public RunPace? Pace { get; init; }
}

/// <summary>What planning found out; kept in the run file, so that a resumed run reports the same.</summary>
/// <param name="Strata">The population by strata of each probe.</param>
/// <param name="Notes">What was left out, made inexact or assumed.</param>
/// <param name="NotRun">Nulls of each probe that cannot be run.</param>
public sealed record PlanFacts(
    IReadOnlyDictionary<string, IReadOnlyList<StratumPopulation>> Strata,
    IReadOnlyList<string> Notes,
    IReadOnlyDictionary<string, IReadOnlyList<ControlNotRun>> NotRun)
{
    internal string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    internal static PlanFacts Read(string json, string runId)
    {
        try
        {
            return JsonSerializer.Deserialize<PlanFacts>(json, JsonSerializerOptions.Web) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new ReciteException($"The plan of run {runId} cannot be read; the run file is damaged. Remove it with 'recite runs rm {runId}'.", error);
        }
    }
}
