using System.Text.Json.Nodes;
using Recite.Targets;

namespace Recite.Config;

/// <summary>
/// The effective configuration as JSON with the keys of <c>recite.yaml</c>, in a fixed order: what reports print, what run files keep, and
/// (since JSON is YAML) what <see cref="AuditConfigReader"/> reads back. Values from the environment appear as they were written.
/// </summary>
public static class ConfigJson
{
    /// <summary>Every effective setting.</summary>
    public static JsonObject Write(AuditConfig config)
    {
        JsonNode? Text(string? value) => value is null ? null : JsonValue.Create(config.Written.GetValueOrDefault(value, value));
        JsonArray Texts(IEnumerable<string> values) => [.. values.Select(Text)];

        return new JsonObject
        {
            ["targets"] = Texts(config.Targets),
            ["corpus"] = Text(config.Corpus),
            ["heldOut"] = Text(config.HeldOut),
            ["canaries"] = Text(config.Canaries),
            ["foreign"] = Text(config.Foreign),
            ["baseline"] = Text(config.Baseline),
            ["authorization"] = Text(config.Authorization),
            ["probes"] = new JsonArray([.. config.Probes.Select(Probe)]),
            ["match"] = Match(config.Match),
            ["sampling"] = Sampling(config.Sampling),
            ["score"] = ScoreConfigReader.Write(config),
            ["endpoint"] = config.Endpoint switch
            {
                EndpointChoice.Completions => "completions",
                EndpointChoice.Chat => "chat",
                _ => "auto",
            },
            ["membership"] = config.Membership is { } membership ? Membership(membership) : null,
            ["gates"] = Texts(config.Gates),
            ["budget"] = new JsonObject { ["usd"] = config.Budget.Usd, ["tokens"] = config.Budget.Tokens },
            ["report"] = Texts(config.Report),
            ["seed"] = config.Seed,
            ["limit"] = config.Limit,
        };
    }

    /// <summary>The word for an offset in files and reports.</summary>
    public static string Word(SampleOffset offset) => offset == SampleOffset.Start ? "start" : "random";

    /// <summary>The word for a population in files and reports.</summary>
    public static string Word(SamplePopulation population) => population == SamplePopulation.Tokens ? "tokens" : "distinct-windows";

    private static JsonObject Probe(ProbeConfig probe) => probe switch
    {
        PrefixProbeConfig prefix => new JsonObject
        {
            ["prefix"] = new JsonObject
            {
                ["samples"] = prefix.Samples,
                ["prefix"] = prefix.Prefix.ToString(),
                ["suffix"] = prefix.Suffix.ToString(),
                ["offset"] = Word(prefix.Offset),
                ["population"] = Word(prefix.Population),
                ["repeat"] = prefix.Repeat,
                ["seed"] = prefix.Seed,
            },
        },
        _ => new JsonObject { [probe.Name] = new JsonObject() },
    };

    // Absent where it was not asked for, as it always was: the digest of a configuration says whether a run can be resumed.
    private static JsonObject Match(MatchConfig match)
    {
        var json = new JsonObject { ["minLength"] = match.MinLength.ToString() };
        if (match.Near is { } near)
            json["near"] = near.ToString();
        return json;
    }

    private static JsonObject Membership(MembershipConfig membership) => new()
    {
        ["samples"] = membership.Samples,
        ["window"] = membership.Window.ToString(),
        ["minK"] = membership.MinK,
    };

    private static JsonObject Sampling(SamplingOptions sampling) => new()
    {
        ["temperature"] = sampling.Temperature,
        ["topK"] = sampling.TopK,
        ["topP"] = sampling.TopP,
        ["repetitionPenalty"] = sampling.RepetitionPenalty,
        ["presencePenalty"] = sampling.PresencePenalty,
        ["frequencyPenalty"] = sampling.FrequencyPenalty,
    };
}
