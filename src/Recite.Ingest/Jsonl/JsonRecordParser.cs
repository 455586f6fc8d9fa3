using System.Text.Json;

namespace Recite.Ingest.Jsonl;

/// <summary>
/// Reads text, id and URI out of one line in one pass. Only objects on the way to a field are entered; of a field that stands twice the
/// last one counts, as in <see cref="JsonDocument"/>. What is plain JSON is scanned by <see cref="PlainRecordScanner"/>; what is not, and what
/// is no JSON at all, is read token by token, and only that says what is wrong.
/// </summary>
internal sealed class JsonRecordParser
{
    private readonly RecordFields _fields;
    private readonly PlainRecordScanner _scanner;

    public JsonRecordParser(IngestOptions options)
    {
        _fields = new RecordFields(options);
        _scanner = new PlainRecordScanner(_fields);
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">Valid UTF-8.</param>
    public JsonRecord Parse(ReadOnlySpan<byte> line) => _scanner.Scan(line) ?? ParseTokens(line);

    /// <summary>Reads a line token by token, whatever is in it.</summary>
    /// <param name="line">Valid UTF-8.</param>
    public JsonRecord ParseTokens(ReadOnlySpan<byte> line)
    {
        _fields.Clear();
        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                return Bad($"is {Describe(reader.TokenType)}, not an object");
            ReadObject(ref reader, depth: 0, _fields.All);
            reader.Read();   // throws when something follows
        }
        catch (JsonException error)
        {
            return Bad($"is not valid JSON at byte {error.BytePositionInLine ?? 0}");
        }

        RecordField text = _fields.Text;
        return text.Type switch
        {
            JsonTokenType.String => new JsonRecord(JsonText.ToUtf8(text.In(line)), _fields.Id(line), _fields.Uri(line), null),
            JsonTokenType.None => Bad($"has no field \"{Inputs.Printable.Show(text.Path.Name)}\""),
            _ => Bad($"has {Describe(text.Type)} as \"{Inputs.Printable.Show(text.Path.Name)}\" where a text is expected"),
        };
    }

    // Enters an object whose path agrees with the fields of the mask; recursion is as deep as the longest field path.
    private void ReadObject(ref Utf8JsonReader reader, int depth, int mask)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int inner = 0;
            int here = 0;
            for (int i = 0; i < _fields.Count; i++)
            {
                IReadOnlyList<byte[]> segments = _fields.Path(i);
                if ((mask >> i & 1) == 0 || !IsNamed(ref reader, segments[depth]))
                    continue;
                _fields.Clear(i);
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
                ReadObject(ref reader, depth + 1, inner);
            else
                reader.Skip();
            if (here != 0)
                Fill(here, type, start, (int)reader.BytesConsumed - start, isEscaped);
        }
    }

    // A string is kept without its quotes.
    private void Fill(int fields, JsonTokenType type, int start, int length, bool isEscaped)
    {
        if (type == JsonTokenType.String)
            _fields.Fill(fields, type, start + 1, length - 2, isEscaped);
        else
            _fields.Fill(fields, type, start, length, isEscaped);
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
