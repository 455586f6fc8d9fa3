using System.Text.Json;
using Recite.Indexing;

namespace Recite.Canaries;

/// <summary>Reads the fields of a JSON object and says in one sentence which one is missing or of the wrong kind.</summary>
/// <param name="Element">The object.</param>
/// <param name="Where">The file, and the place in it.</param>
internal readonly record struct JsonFields(JsonElement Element, string Where)
{
    public bool Has(string name) => Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    public string Text(string name) => Find(name, JsonValueKind.String, "a text").GetString()!;

    public string? TextOrNull(string name) => Has(name) ? Text(name) : null;

    public bool Flag(string name) => Has(name) && Element.GetProperty(name).ValueKind is JsonValueKind.True or JsonValueKind.False
        ? Element.GetProperty(name).GetBoolean()
        : throw Missing(name, "true or false");

    public int Whole(string name, int least, int most)
    {
        if (!Find(name, JsonValueKind.Number, "a whole number").TryGetInt32(out int value) || value < least || value > most)
            throw new ReciteException(FormattableString.Invariant($"{Where}: '{name}' is no whole number from {least} to {most}."));
        return value;
    }

    public long Long(string name) => Find(name, JsonValueKind.Number, "a whole number").TryGetInt64(out long value) && value >= 0
        ? value
        : throw Missing(name, "a whole number from 0 on");

    public ulong Unsigned(string name) => Find(name, JsonValueKind.Number, "a whole number").TryGetUInt64(out ulong value)
        ? value
        : throw Missing(name, "a whole number from 0 on");

    public double Number(string name) => Find(name, JsonValueKind.Number, "a number").GetDouble();

    public double? NumberOrNull(string name) => Has(name) ? Number(name) : null;

    /// <summary>A hexadecimal text of so many bytes, in lower case.</summary>
    public string Hex(string name, int bytes)
    {
        string text = Text(name);
        return text.Length == 2 * bytes && text.All(char.IsAsciiHexDigitLower)
            ? text
            : throw new ReciteException(FormattableString.Invariant($"{Where}: '{name}' is not {bytes} bytes in hexadecimal."));
    }

    public JsonFields Object(string name) => new(Find(name, JsonValueKind.Object, "an object"), $"{Where}, '{name}'");

    public IEnumerable<JsonFields> Objects(string name)
    {
        string where = Where;
        return Find(name, JsonValueKind.Array, "a list").EnumerateArray().Select((item, i) => item.ValueKind == JsonValueKind.Object
            ? new JsonFields(item, FormattableString.Invariant($"{where}, entry {i + 1} of '{name}'"))
            : throw new ReciteException(FormattableString.Invariant($"{where}: entry {i + 1} of '{name}' is no object.")));
    }

    public int[] Wholes(string name)
    {
        JsonFields fields = this;
        return [.. Find(name, JsonValueKind.Array, "a list").EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int value) ? value : throw fields.Missing(name, "a list of whole numbers"))];
    }

    private JsonElement Find(string name, JsonValueKind kind, string what) =>
        Element.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind ? value : throw Missing(name, what);

    private ReciteException Missing(string name, string what) => new($"{Where}: '{name}' is missing or is not {what}.");
}
