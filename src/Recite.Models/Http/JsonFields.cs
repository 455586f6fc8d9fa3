using System.Text.Json;

namespace Recite.Models.Http;

/// <summary>Reads fields of JSON that a stranger wrote: a field of the wrong kind is a field that is not there.</summary>
internal static class JsonFields
{
    /// <summary>How deep a reply may nest.</summary>
    public static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    /// <summary>The field, whatever it holds; an undefined element where there is none.</summary>
    public static JsonElement Field(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    /// <summary>The first item of an array; an undefined element where there is none.</summary>
    public static JsonElement First(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0 ? element[0] : default;

    /// <summary>The items of an array; nothing where it is none.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];

    /// <summary>The string itself; <see langword="null"/> for anything else.</summary>
    /// <exception cref="JsonException">The string escapes half of a surrogate pair, which stands for no character.</exception>
    public static string? Text(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException error)
        {
            throw new JsonException("a string escapes half of a surrogate pair", error);
        }
    }

    /// <summary>The string in a field; <see langword="null"/> where there is none.</summary>
    public static string? Text(this JsonElement element, string name) => element.Field(name).Text();

    /// <summary>The count in a field; <see langword="null"/> for anything but a whole number from zero up.</summary>
    public static int? Count(this JsonElement element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int count) && count >= 0 ? count : null;

    /// <summary>The finite number in a field; <see langword="null"/> for anything else.</summary>
    public static double? Number(this JsonElement element, string name) => element.Field(name).Number();

    /// <summary>The finite number itself; <see langword="null"/> for anything else.</summary>
    public static double? Number(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double number) && double.IsFinite(number) ? number : null;
}
