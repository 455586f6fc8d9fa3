using System.Text;
using System.Text.Json;

namespace Recite.Ingest.Jsonl;

/// <summary>
/// The fields of one line that were asked for: where the value of each stands. A field whose name has dots can be meant in two ways,
/// so there may be several for a text, an id, a URI; of those the first that the line has counts.
/// </summary>
internal sealed class RecordFields
{
    private const int MaxNameBytes = 4096;   // of an id or a URI: longer ones are text in the wrong field

    private readonly RecordField[] _fields;
    private readonly int _texts;
    private readonly int _ids;

    public RecordFields(IngestOptions options)
    {
        IReadOnlyList<FieldPath> text = FieldPath.Parse(options.TextField);
        IReadOnlyList<FieldPath> id = FieldPath.Parse(options.IdField);
        IReadOnlyList<FieldPath> uri = FieldPath.Parse(options.UriField);
        _fields = [.. text.Concat(id).Concat(uri).Select(path => new RecordField(path, JsonTokenType.None, 0, 0, false))];
        _texts = text.Count;
        _ids = id.Count;
    }

    /// <summary>A bit for each of the fields.</summary>
    public int All => (1 << _fields.Length) - 1;

    /// <summary>The bits of the fields that a text may come from.</summary>
    public int Texts => (1 << _texts) - 1;

    /// <summary>The field that the text comes from.</summary>
    public RecordField Text => _fields[Choose(0, _texts)];

    /// <summary>The bit of <see cref="Text"/>.</summary>
    public int TextBit => 1 << Choose(0, _texts);

    public int Count => _fields.Length;

    public IReadOnlyList<byte[]> Path(int field) => _fields[field].Path.Segments;

    public void Clear()
    {
        for (int i = 0; i < _fields.Length; i++)
            Clear(i);
    }

    public void Clear(int field) => _fields[field] = new RecordField(_fields[field].Path, JsonTokenType.None, 0, 0, false);

    /// <summary>Says of each field whose bit is set that its value is this; that of a string stands between its quotes.</summary>
    public void Fill(int bits, JsonTokenType type, int start, int length, bool isEscaped)
    {
        for (int i = 0; i < _fields.Length; i++)
        {
            if ((bits >> i & 1) != 0)
                _fields[i] = _fields[i] with { Type = type, Start = start, Length = length, IsEscaped = isEscaped };
        }
    }

    /// <summary>The id as it stands in the line; null when there is none.</summary>
    public string? Id(ReadOnlySpan<byte> line) => Name(_texts, _ids, line);

    /// <summary>The URI as it stands in the line; null when there is none.</summary>
    public string? Uri(ReadOnlySpan<byte> line) => Name(_texts + _ids, _fields.Length - _texts - _ids, line);

    // What is no string is named by its JSON text; null and the empty string are no name.
    private string? Name(int first, int count, ReadOnlySpan<byte> line)
    {
        RecordField field = _fields[Choose(first, count)];
        if (field.Type is JsonTokenType.None or JsonTokenType.Null || field.Length is 0 or > MaxNameBytes)
            return null;
        ReadOnlySpan<byte> raw = field.In(line);
        return field.IsEscaped ? JsonText.ToText(raw) : Encoding.UTF8.GetString(raw);
    }

    private int Choose(int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            if (_fields[i].Type != JsonTokenType.None)
                return i;
        }

        return first;
    }
}

/// <summary>The value of a field in a line.</summary>
/// <param name="Path">Which field.</param>
/// <param name="Type">What it is; none where the line has no such field.</param>
/// <param name="Start">Its first byte in the line; of a string the one behind the quote.</param>
/// <param name="Length">Its bytes, without quotes.</param>
/// <param name="IsEscaped">Whether it holds escapes.</param>
internal readonly record struct RecordField(FieldPath Path, JsonTokenType Type, int Start, int Length, bool IsEscaped)
{
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> line) => line.Slice(Start, Length);
}
