using System.Text;
using System.Text.Json;

namespace Recite.Ingest.Jsonl;

/// <summary>
/// Reads text, id and URI out of one line in one pass over its tokens. Only objects on the way to a field are entered; of a
/// field that stands twice the last one counts, as in <see cref="JsonDocument"/>.
/// </summary>
internal sealed class JsonRecordParser
{
    private const int MaxNameBytes = 4096;   // of an id or a URI: longer ones are text in the wrong field

    private readonly record struct Slot(FieldPath Path, JsonTokenType Type, int Start, int Length, bool IsEscaped)
    {
        public ReadOnlySpan<byte> In(ReadOnlySpan<byte> line) => line.Slice(Start, Length);
    }

    private readonly Slot[] _slots;
    private readonly int _textSlots;
    private readonly int _idSlots;

    public JsonRecordParser(IngestOptions options)
    {
        IReadOnlyList<FieldPath> text = FieldPath.Parse(options.TextField);
        IReadOnlyList<FieldPath> id = FieldPath.Parse(options.IdField);
        IReadOnlyList<FieldPath> uri = FieldPath.Parse(options.UriField);
        _slots = [.. text.Concat(id).Concat(uri).Select(path => new Slot(path, JsonTokenType.None, 0, 0, false))];
        _textSlots = text.Count;
        _idSlots = id.Count;
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">Valid UTF-8.</param>
    public JsonRecord Parse(ReadOnlySpan<byte> line)
    {
        for (int i = 0; i < _slots.Length; i++)
            Clear(ref _slots[i]);

        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                return Bad($"is {Describe(reader.TokenType)}, not an object");
            ReadObject(ref reader, line, depth: 0, (1 << _slots.Length) - 1);
            reader.Read();   // throws when something follows
        }
        catch (JsonException error)
        {
            return Bad($"is not valid JSON at byte {error.BytePositionInLine ?? 0}");
        }

        Slot text = Choose(0, _textSlots);
        return text.Type switch
        {
            JsonTokenType.String => new JsonRecord(JsonText.ToUtf8(text.In(line)), Name(_textSlots, _idSlots, line), Name(_textSlots + _idSlots, _slots.Length - _textSlots - _idSlots, line), null),
            JsonTokenType.None => Bad($"has no field \"{Inputs.Printable.Show(text.Path.Name)}\""),
            _ => Bad($"has {Describe(text.Type)} as \"{Inputs.Printable.Show(text.Path.Name)}\" where a text is expected"),
        };
    }

    // Enters an object whose path agrees with the slots of the mask; recursion is as deep as the longest field path.
    private void ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, int depth, int mask)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int inner = 0;
            int here = 0;
            for (int i = 0; i < _slots.Length; i++)
            {
                IReadOnlyList<byte[]> segments = _slots[i].Path.Segments;
                if ((mask >> i & 1) == 0 || !IsNamed(ref reader, segments[depth]))
                    continue;
                Clear(ref _slots[i]);
                if (segments.Count == depth + 1)
                    here |= 1 << i;
                else
                    inner |= 1 << i;
            }

            reader.Read();
            int start = (int)reader.TokenStartIndex;
            JsonTokenType type = reader.TokenType;
            bool isEscaped = reader.ValueIsEscaped;
            if (type == JsonTokenType.StartObject && inner != 0)
                ReadObject(ref reader, line, depth + 1, inner);
            else
                reader.Skip();
            if (here != 0)
                Fill(here, type, start, (int)reader.BytesConsumed - start, isEscaped);
        }
    }

    private void Fill(int slots, JsonTokenType type, int start, int length, bool isEscaped)
    {
        // A string is kept without its quotes.
        if (type == JsonTokenType.String)
        {
            start++;
            length -= 2;
        }

        for (int i = 0; i < _slots.Length; i++)
        {
            if ((slots >> i & 1) != 0)
                _slots[i] = _slots[i] with { Type = type, Start = start, Length = length, IsEscaped = isEscaped };
        }
    }

    private static bool IsNamed(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (!reader.ValueIsEscaped)
            return reader.ValueSpan.SequenceEqual(name);

        // A name is at least a sixth as long as its escapes; others need not be unescaped, whatever their length.
        if (reader.ValueSpan.Length > name.Length * 6)
            return false;
        Span<byte> unescaped = new byte[reader.ValueSpan.Length];
        return unescaped[..JsonText.Unescape(reader.ValueSpan, unescaped)].SequenceEqual(name);
    }

    private Slot Choose(int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            if (_slots[i].Type != JsonTokenType.None)
                return _slots[i];
        }

        return _slots[first];
    }

    // What is no string is named by its JSON text; null and the empty string are no name.
    private string? Name(int first, int count, ReadOnlySpan<byte> line)
    {
        Slot slot = Choose(first, count);
        if (slot.Type is JsonTokenType.None or JsonTokenType.Null || slot.Length is 0 or > MaxNameBytes)
            return null;
        ReadOnlySpan<byte> raw = slot.In(line);
        return slot.IsEscaped ? JsonText.ToText(raw) : Encoding.UTF8.GetString(raw);
    }

    private static void Clear(ref Slot slot) => slot = new Slot(slot.Path, JsonTokenType.None, 0, 0, false);

    private static JsonRecord Bad(string problem) => new(default, null, null, problem);

    private static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.Null => "null",
        _ => "a string",
    };
}
