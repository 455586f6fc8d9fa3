using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Recite.Reports.Wording;

/// <summary>Reads an entry of <c>estimates[]</c>, whose fields depend on what was estimated; a field of another kind counts as absent.</summary>
internal static class EstimateFields
{
    private const int MaxFurther = 12;

    // What has a place of its own in a table.
    private static readonly HashSet<string> s_placed = new(
        [
            "name", "probe", "null", "scheme", "duplicates", "method", "test", "confidence", "unit", "note", "extrapolated", "value", "rate", "recall", "difference", "saving",
            "auc", "score", "log10", "log10Median", "low", "high", "log10Low", "log10High", "hits", "trials", "suppliedBitsMedian", "askedForBitsMedian", "refused",
            "scored", "passes", "fragileMargin",
        ],
        StringComparer.Ordinal);

    /// <summary>A finite number.</summary>
    public static double? Number(this JsonObject estimate, string field) =>
        estimate[field] is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : null;

    /// <summary>A text that is not empty, shortened and made visible.</summary>
    public static string? Text(this JsonObject estimate, string field, int limit = 200) =>
        estimate[field] is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 0 } text
            ? Phrases.Short(text, limit)
            : null;

    /// <summary>Whether a field is true.</summary>
    public static bool IsTrue(this JsonObject estimate, string field) => estimate[field] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    /// <summary>Entries inside an entry: its strata, or the scores it is made of.</summary>
    public static IEnumerable<JsonObject> Parts(this JsonObject estimate) =>
        ((string[])["strata", "scores"]).SelectMany(field => estimate[field] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>Why all of an entry was not run; <see langword="null"/> where some of it was.</summary>
    public static string? NotRunReason(this JsonObject estimate) =>
        estimate["scores"] is JsonArray ? null : (estimate["notRun"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault()?.Text("reason", 400);

    /// <summary>The other numbers of an entry, in words: <c>300 samples, 3 decided by less than 0.001 logits</c>.</summary>
    public static string Further(this JsonObject estimate) => string.Join(
        ", ",
        estimate.Select(field => field.Key).Where(key => !s_placed.Contains(key) && estimate.Number(key) is not null).Take(MaxFurther)
            .Select(key => Say(estimate, key, estimate.Number(key)!.Value)).OfType<string>());

    // Nothing is said of a number that says that nothing happened.
    private static string? Say(JsonObject estimate, string key, double number) => key switch
    {
        "fragile" or "tooShort" or "failed" when number == 0 => null,
        "unreachable" => number == 0 || estimate.Number("log10Median") is null ? null : $"{Show(number)} out of reach",
        "missedAtMost" => $"at most {Phrases.Percent(number)} missed",
        "tooShort" => $"{Show(number)} left out as too short",
        "failed" => $"{Show(number)} failed",
        "fragile" => $"{Show(number)} that a near tie decides"
            + (estimate.Number("fragileMargin") is { } margin ? $" (less than {Show(margin)} logits)" : ""),
        "samples" or "characters" or "pairs" or "tokens" or "members" => $"{Show(number)}{Phrases.Gap}{key}",
        "nonMembers" => $"{Show(number)}{Phrases.Gap}non-members",
        "comparedWithGenerated" => $"{Show(number)} compared with generated text",
        "targetBitsPerCharacter" => $"target {Show(number)} bits per character",
        "nullBitsPerCharacter" => $"control {Show(number)} bits per character",
        _ => $"{Spaced(Phrases.Short(key, 40))}{Phrases.Gap}{Show(number)}",
    };

    // A p-value that is tiny is not 0.
    private static string Show(double number) => number is > 0 and < 0.00005 ? "<0.0001" : Phrases.Number(number);

    // A name of the JSON as words: nonMembers becomes "non members".
    private static string Spaced(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));
}
