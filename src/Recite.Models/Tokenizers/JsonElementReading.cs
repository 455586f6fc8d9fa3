using System.Text.Json;

namespace Recite.Models.Tokenizers;

/// <summary>Optional members of objects that strangers wrote: absent, null and of another kind are all "not there".</summary>
internal static class JsonElementReading
{
    extension(JsonElement element)
    {
        /// <summary>The member, unless it is absent or null or this is no object.</summary>
        public JsonElement? Member(string name) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
                ? value
                : null;

        /// <summary>The member as text.</summary>
        public string? Text(string name) => element.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

        /// <summary>The member as a whole number that fits an <see langword="int"/>.</summary>
        public int? Number(string name) => element.Member(name)?.AsNumber();

        /// <summary>The member as true or false.</summary>
        public bool? Truth(string name) => element.Member(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

        /// <summary>The elements of the member, none if it is no array.</summary>
        public IReadOnlyList<JsonElement> Items(string name) =>
            element.Member(name) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray()] : [];

        /// <summary>This as a whole number that fits an <see langword="int"/>.</summary>
        public int? AsNumber() => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int number) ? number : null;
    }
}
