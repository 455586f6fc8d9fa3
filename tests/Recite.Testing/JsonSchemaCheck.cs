using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recite.Testing;

/// <summary>
/// Checks JSON against the part of JSON Schema 2020-12 that our schemas use, and fails on a keyword it does not know. It is stricter in one
/// point: a property that the schema does not name is an error, so that nothing is written that is not documented.
/// </summary>
public sealed class JsonSchemaCheck(JsonElement schema)
{
    private static readonly HashSet<string> Annotations = new(["$schema", "$id", "$defs", "title", "description"], StringComparer.Ordinal);

    /// <summary>Everything that is wrong, each with its path; empty when the JSON is valid.</summary>
    public IReadOnlyList<string> Errors(JsonElement json)
    {
        var errors = new List<string>();
        Check(schema, json, "$", errors);
        return errors;
    }

    private void Check(JsonElement rules, JsonElement json, string path, List<string> errors)
    {
        foreach (JsonProperty rule in rules.EnumerateObject())
        {
            switch (rule.Name)
            {
                case var annotation when Annotations.Contains(annotation):
                    break;
                case "$ref":
                    Check(Resolve(rule.Value.GetString()!), json, path, errors);
                    break;
                case "type":
                    Require(Types(rule.Value).Any(type => IsOfType(json, type)), path, $"is {json.ValueKind}, not {rule.Value}", errors);
                    break;
                case "const":
                    Require(JsonElement.DeepEquals(rule.Value, json), path, $"is not {rule.Value}", errors);
                    break;
                case "enum":
                    Require(rule.Value.EnumerateArray().Any(v => JsonElement.DeepEquals(v, json)), path, $"{json} is none of {rule.Value}", errors);
                    break;
                case "required":
                    foreach (JsonElement name in rule.Value.EnumerateArray().Where(_ => json.ValueKind == JsonValueKind.Object))
                        Require(json.TryGetProperty(name.GetString()!, out _), path, $"lacks {name}", errors);
                    break;
                case "properties":
                    CheckProperties(rules, json, path, errors);
                    break;
                case "additionalProperties":
                    foreach (JsonProperty property in Properties(json))
                        Check(rule.Value, property.Value, $"{path}.{property.Name}", errors);
                    break;
                case "items":
                    foreach ((int i, JsonElement item) in Items(json).Index())
                        Check(rule.Value, item, $"{path}[{i}]", errors);
                    break;
                case "pattern":
                    Require(json.ValueKind != JsonValueKind.String || Regex.IsMatch(json.GetString()!, rule.Value.GetString()!, RegexOptions.NonBacktracking), path, $"does not match {rule.Value}", errors);
                    break;
                case "minimum":
                    Require(Number(json) is not { } n || n >= rule.Value.GetDouble(), path, $"is below {rule.Value}", errors);
                    break;
                case "maximum":
                    Require(Number(json) is not { } m || m <= rule.Value.GetDouble(), path, $"is above {rule.Value}", errors);
                    break;
                case "exclusiveMinimum":
                    Require(Number(json) is not { } e || e > rule.Value.GetDouble(), path, $"is not above {rule.Value}", errors);
                    break;
                case "exclusiveMaximum":
                    Require(Number(json) is not { } x || x < rule.Value.GetDouble(), path, $"is not below {rule.Value}", errors);
                    break;
                default:
                    throw new NotSupportedException($"The schema uses {rule.Name}, which this check does not know.");
            }
        }
    }

    private void CheckProperties(JsonElement rules, JsonElement json, string path, List<string> errors)
    {
        JsonElement known = rules.GetProperty("properties");
        foreach (JsonProperty property in Properties(json))
        {
            if (known.TryGetProperty(property.Name, out JsonElement inner))
                Check(inner, property.Value, $"{path}.{property.Name}", errors);
            else
                errors.Add($"{path}.{property.Name} is not in the schema");
        }
    }

    private JsonElement Resolve(string reference)
    {
        const string Prefix = "#/$defs/";
        if (!reference.StartsWith(Prefix, StringComparison.Ordinal))
            throw new NotSupportedException($"The schema refers to {reference}, which this check does not know.");
        return schema.GetProperty("$defs").GetProperty(reference[Prefix.Length..]);
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool IsOfType(JsonElement json, string type) => type switch
    {
        "object" => json.ValueKind == JsonValueKind.Object,
        "array" => json.ValueKind == JsonValueKind.Array,
        "string" => json.ValueKind == JsonValueKind.String,
        "number" => json.ValueKind == JsonValueKind.Number,
        "integer" => json.ValueKind == JsonValueKind.Number && json.TryGetDecimal(out decimal n) && decimal.IsInteger(n),
        "boolean" => json.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => json.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException($"The schema names the type {type}."),
    };

    private static JsonProperty[] Properties(JsonElement json) => json.ValueKind == JsonValueKind.Object ? [.. json.EnumerateObject()] : [];

    private static JsonElement[] Items(JsonElement json) => json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray()] : [];

    private static double? Number(JsonElement json) => json.ValueKind == JsonValueKind.Number ? json.GetDouble() : null;

    private static void Require(bool holds, string path, string what, List<string> errors)
    {
        if (!holds)
            errors.Add($"{path} {what}");
    }
}
