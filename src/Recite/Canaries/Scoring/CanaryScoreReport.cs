using System.Text.Json;
using Recite.Indexing;

namespace Recite.Canaries.Scoring;

/// <summary>The scores of a list under one target, and what follows from them: <c>recite.canary-score/1</c>.</summary>
public sealed record CanaryScoreReport
{
    /// <summary>The value of <c>schema</c>.</summary>
    public const string Schema = "recite.canary-score/1";

    /// <summary>Root of the commitment; <see langword="null"/> for lists without one.</summary>
    public required string? Root { get; init; }

    /// <summary>The target's id.</summary>
    public required string Target { get; init; }

    /// <summary>How it was asked.</summary>
    public required string Endpoint { get; init; }

    /// <summary>What it says of its own version.</summary>
    public required string? Revision { get; init; }

    /// <summary>What was scored by.</summary>
    public required CanaryMeasure Measure { get; init; }

    /// <summary>Completions of each text, for coverage.</summary>
    public required int Samples { get; init; }

    /// <summary>The random seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>All texts with their scores, in the order of the list.</summary>
    public required IReadOnlyList<ScoredCanary> Scores { get; init; }

    /// <summary>What follows from the scores.</summary>
    public required CanaryStatistics Statistics { get; init; }

    /// <summary>The file.</summary>
    public byte[] Write() => SealedJson.Write(json =>
    {
        json.WriteString("schema", Schema);
        json.WriteString("root", Root);
        json.WriteStartObject("target");
        json.WriteString("id", Target);
        json.WriteString("endpoint", Endpoint);
        json.WriteString("revision", Revision);
        json.WriteEndObject();
        json.WriteStartObject("measure");
        json.WriteString("name", CanaryScoringOptions.Word(Measure));
        json.WriteString("unit", CanaryScoringOptions.Unit(Measure));
        json.WriteNumber("samples", Samples);
        json.WriteNumber("seed", Seed);
        json.WriteEndObject();
        CanaryStatisticsJson.Write(json, Statistics);
        json.WriteStartArray("scores");
        Dictionary<string, CanaryExposure> exposures = Statistics.Exposures.ToDictionary(e => e.Canary.Id, StringComparer.Ordinal);
        foreach (ScoredCanary scored in Scores)
            Write(json, scored, exposures.GetValueOrDefault(scored.Id));
        json.WriteEndArray();
    });

    /// <summary>Reads the scores of a file and works out again what follows from them.</summary>
    internal static CanaryScoreReport Read(JsonFields root)
    {
        CanaryJson.CheckSchema(root, Schema, "score of canaries");
        JsonFields target = root.Object("target"), measure = root.Object("measure");
        ScoredCanary[] scores = [.. root.Objects("scores").Take(CanaryParameters.MostTexts + 1).Select(Read1)];
        ulong seed = measure.Unsigned("seed");
        return new CanaryScoreReport
        {
            Root = root.TextOrNull("root"),
            Target = target.Text("id"),
            Endpoint = target.Text("endpoint"),
            Revision = target.TextOrNull("revision"),
            Measure = CanaryScoringOptions.ParseMeasure(measure.Text("name")) ?? throw new ReciteException($"{root.Where}: '{measure.Text("name")}' is no measure; there are loss, pz and coverage."),
            Samples = measure.Whole("samples", 1, int.MaxValue),
            Seed = seed,
            Scores = scores,
            Statistics = CanaryStatistics.Compute(scores, seed),
        };
    }

    private static ScoredCanary Read1(JsonFields fields) => new(
        fields.Text("id"),
        fields.Whole("group", -1, CanaryParameters.MostTexts),
        fields.Text("role") is "planted",
        fields.Whole("duplicates", 0, int.MaxValue),
        fields.NumberOrNull("score"));

    private static void Write(Utf8JsonWriter json, ScoredCanary scored, CanaryExposure? exposure)
    {
        json.WriteStartObject();
        json.WriteString("id", scored.Id);
        json.WriteNumber("group", scored.Group);
        json.WriteString("role", scored.IsPlanted ? "planted" : "decoy");
        json.WriteNumber("duplicates", scored.Duplicates);
        if (scored.Score is { } score)
            json.WriteNumber("score", score);
        else
            json.WriteNull("score");
        if (exposure is not null)
        {
            json.WriteStartObject("exposure");
            json.WriteNumber("bits", exposure.Exposure.Bits);
            json.WriteNumber("rank", exposure.Exposure.Rank);
            json.WriteBoolean("atLeast", exposure.Exposure.IsSaturated);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
