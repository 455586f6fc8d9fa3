using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Recite.Indexing;
using Recite.Probes;

namespace Recite.Canaries.Planting;

/// <summary>Plants into JSON Lines: records of their own between the others, or at paragraph borders of the text of records.</summary>
internal sealed class JsonLinesFile(DatasetFile file, PlantingOptions options, SearchValues<string> known) : IPlantable
{
    // What is written must read the same for whoever trains on it; only JSON's own escapes are needed.
    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private bool _hasIds;

    /// <inheritdoc/>
    public long CountSlots(CancellationToken cancellationToken)
    {
        using var reader = new LineReader(file.Path);
        long records = 0;
        while (reader.TryRead(out ReadOnlySpan<byte> line))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsBlank(line))
                continue;
            using JsonDocument record = Parse(line, reader.Line);
            PlantedCheck.Refuse(Text(record, reader.Line), known, FormattableString.Invariant($"{file.Path}:{reader.Line}"));
            if (records++ == 0)
                _hasIds = record.RootElement.TryGetProperty(options.IdField, out JsonElement id) && id.ValueKind == JsonValueKind.String;
        }

        return records;
    }

    /// <inheritdoc/>
    public void Write(PlacedWriter writer, Queue<PlannedCopy> copies, PlantingPlaces places, SeededRandom random, CancellationToken cancellationToken)
    {
        using var reader = new LineReader(file.Path);
        writer.Write(reader.Mark);
        long record = 0;
        while (reader.TryRead(out ReadOnlySpan<byte> line))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsBlank(line) || copies.Count == 0 || copies.Peek().Slot != record)
            {
                record += IsBlank(line) ? 0 : 1;
                writer.Write(line);
                continue;
            }

            byte[] bytes = line.ToArray();
            bool isCarriageReturn = bytes.AsSpan().EndsWith("\r\n"u8);
            while (copies.TryPeek(out PlannedCopy copy) && copy.Slot == record)
            {
                copies.Dequeue();
                places.Add(copy.Entry, new CanaryCopy(file.Name, writer.Line, writer.Offset, options.IntoDocuments));
                if (options.IntoDocuments)
                    bytes = Insert(bytes, reader.Line, places.TextOf(copy.Entry), random);
                else
                    writer.Write([.. NewRecord(places.TextOf(copy.Entry), random), .. isCarriageReturn ? "\r\n"u8 : "\n"u8]);
            }

            writer.Write(bytes);
            record++;
        }
    }

    private byte[] NewRecord(string text, SeededRandom random)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_json))
        {
            json.WriteStartObject();
            if (_hasIds)
                json.WriteString(options.IdField, PlantingPlaces.NewName(random));
            json.WriteString(options.TextField, text);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private byte[] Insert(byte[] line, long number, string canary, SeededRandom random)
    {
        using JsonDocument record = Parse(line, number);
        string text = Text(record, number);
        List<int> borders = [0, text.Length];
        for (int at = text.IndexOf("\n\n", StringComparison.Ordinal); at >= 0; at = text.IndexOf("\n\n", at + 2, StringComparison.Ordinal))
            borders.Add(at + 2);
        int border = borders[(int)random.Below(borders.Count)];
        string before = border == 0 ? "" : text[..border].TrimEnd('\n') + "\n\n";
        string after = border == text.Length ? "" : "\n\n" + text[border..];
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_json))
        {
            json.WriteStartObject();
            foreach (JsonProperty property in record.RootElement.EnumerateObject())
            {
                json.WritePropertyName(property.Name);
                if (property.NameEquals(options.TextField))
                    json.WriteStringValue(before + canary + after);
                else
                    property.Value.WriteTo(json);
            }

            json.WriteEndObject();
        }

        ReadOnlySpan<byte> end = line.AsSpan().EndsWith("\r\n"u8) ? "\r\n"u8 : line.AsSpan().EndsWith("\n"u8) ? "\n"u8 : ""u8;
        return [.. buffer.WrittenSpan, .. end];
    }

    private JsonDocument Parse(ReadOnlySpan<byte> line, long number)
    {
        try
        {
            return JsonDocument.Parse(line.ToArray());
        }
        catch (JsonException error)
        {
            throw new ReciteException(FormattableString.Invariant($"{file.Path}:{number}: this line is no JSON; repair it, since a copy with a broken line would not be the dataset."), error);
        }
    }

    private string Text(JsonDocument record, long number) =>
        record.RootElement.ValueKind == JsonValueKind.Object && record.RootElement.TryGetProperty(options.TextField, out JsonElement text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : throw new ReciteException(FormattableString.Invariant($"{file.Path}:{number}: the record has no text in its field '{options.TextField}'; name the field with --text-field."));

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r\n"u8) < 0;
}
