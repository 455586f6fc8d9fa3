using System.Text.Json;

namespace Recite.Ingest.Jsonl;

/// <summary>
/// Scans a line that is an object of plain members: names without escapes, and no field that was asked for inside another object. Takes
/// nothing that is not JSON (RFC 8259); gives up without a word on all else, sound or not.
/// </summary>
internal sealed class PlainRecordScanner(RecordFields fields)
{
    // One more level than the reader of a whole line allows would be one too many.
    private const int MaxDepth = 63;
    private const int KeptScratchBytes = 1 << 20;

    private byte[] _scratch = [];

    /// <summary>What the line gave, or null.</summary>
    /// <param name="line">Valid UTF-8.</param>
    public JsonRecord? Scan(ReadOnlySpan<byte> line)
    {
        fields.Clear();
        int at = SkipBlank(line, 0);
        if (!Stands(line, at, (byte)'{'))
            return null;

        int unescaped = 0;
        int length = 0;
        do
        {
            // Behind the brace or the comma, to the name.
            at = SkipBlank(line, at + 1);
            if (!Stands(line, at, (byte)'"'))
                return null;
            int end = JsonStringScan.FindEnd(line, at + 1, out bool isEscaped);
            if (end < 0 || isEscaped)
                return null;
            (int here, int inner) = Find(line[(at + 1)..end]);
            at = SkipBlank(line, end + 1);
            if (!Stands(line, at, (byte)':'))
                return null;

            at = SkipBlank(line, at + 1);
            if ((here & fields.Texts) != 0 && Stands(line, at, (byte)'"'))
            {
                if (_scratch.Length < line.Length + JsonStringScan.Slack)
                    _scratch = GC.AllocateUninitializedArray<byte>(line.Length + JsonStringScan.Slack);
                end = JsonStringScan.Unescape(line, at + 1, _scratch, out length);
                if (end < 0)
                    return null;
                unescaped = here;
                fields.Fill(here, JsonTokenType.String, at + 1, end - at - 1, isEscaped: true);
                at = end + 1;
            }
            else
            {
                at = ScanValue(line, at, here, inner);
                if (at < 0)
                    return null;
            }

            at = SkipBlank(line, at);
        }
        while (Stands(line, at, (byte)','));

        bool isWhole = Stands(line, at, (byte)'}') && SkipBlank(line, at + 1) == line.Length;
        if (!isWhole || fields.Text.Type != JsonTokenType.String)
            return null;
        ReadOnlyMemory<byte> text = (unescaped & fields.TextBit) != 0 ? TakeScratch(length) : JsonText.ToUtf8(fields.Text.In(line));
        return new JsonRecord(text, fields.Id(line), fields.Uri(line), null);
    }

    // Large texts are handed over as they are, small ones copied to their size.
    private ReadOnlyMemory<byte> TakeScratch(int length)
    {
        if (_scratch.Length <= KeptScratchBytes)
            return _scratch.AsSpan(0, length).ToArray();
        ReadOnlyMemory<byte> text = length >= _scratch.Length - (_scratch.Length / 4) ? _scratch.AsMemory(0, length) : _scratch.AsSpan(0, length).ToArray();
        _scratch = [];
        return text;
    }

    private (int Here, int Inner) Find(ReadOnlySpan<byte> name)
    {
        int here = 0;
        int inner = 0;
        for (int i = 0; i < fields.Count; i++)
        {
            IReadOnlyList<byte[]> path = fields.Path(i);
            if (!name.SequenceEqual(path[0]))
                continue;
            fields.Clear(i);
            here |= path.Count == 1 ? 1 << i : 0;
            inner |= path.Count == 1 ? 0 : 1 << i;
        }

        return (here, inner);
    }

    // Returns what stands behind the value, or a negative number.
    private int ScanValue(ReadOnlySpan<byte> line, int at, int here, int inner)
    {
        if (at >= line.Length)
            return JsonStringScan.Unsound;
        int start = at;
        bool isEscaped = false;
        (JsonTokenType type, int end) = line[at] switch
        {
            (byte)'"' => (JsonTokenType.String, JsonStringScan.FindEnd(line, ++start, out isEscaped)),
            (byte)'{' => (JsonTokenType.StartObject, inner == 0 ? SkipNested(line, at) : JsonStringScan.Unsound),
            (byte)'[' => (JsonTokenType.StartArray, SkipNested(line, at)),
            (byte)'t' => (JsonTokenType.True, SkipWord(line, at, "true"u8)),
            (byte)'f' => (JsonTokenType.False, SkipWord(line, at, "false"u8)),
            (byte)'n' => (JsonTokenType.Null, SkipWord(line, at, "null"u8)),
            _ => (JsonTokenType.Number, SkipNumber(line, at)),
        };
        if (end < 0)
            return end;
        fields.Fill(here, type, start, end - start, isEscaped);
        return type == JsonTokenType.String ? end + 1 : end;
    }

    private static int SkipNested(ReadOnlySpan<byte> line, int at)
    {
        try
        {
            var reader = new Utf8JsonReader(line[at..], isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth }));
            return reader.Read() && reader.TrySkip() ? at + (int)reader.BytesConsumed : JsonStringScan.Unsound;
        }
        catch (JsonException)
        {
            // Read once more from the line's beginning, so that the place of the fault is the true one.
            return JsonStringScan.Unsound;
        }
    }

    private static int SkipWord(ReadOnlySpan<byte> line, int at, ReadOnlySpan<byte> word) =>
        line[at..].StartsWith(word) ? at + word.Length : JsonStringScan.Unsound;

    private static int SkipNumber(ReadOnlySpan<byte> line, int at)
    {
        if (Stands(line, at, (byte)'-'))
            at++;
        int digits = SkipDigits(line, at);
        if (digits == at || (digits > at + 1 && line[at] == (byte)'0'))
            return JsonStringScan.Unsound;
        at = digits;
        if (Stands(line, at, (byte)'.'))
        {
            digits = SkipDigits(line, at + 1);
            if (digits == at + 1)
                return JsonStringScan.Unsound;
            at = digits;
        }

        if (!Stands(line, at, (byte)'e') && !Stands(line, at, (byte)'E'))
            return at;
        at += Stands(line, at + 1, (byte)'+') || Stands(line, at + 1, (byte)'-') ? 2 : 1;
        digits = SkipDigits(line, at);
        return digits == at ? JsonStringScan.Unsound : digits;
    }

    private static int SkipDigits(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && char.IsAsciiDigit((char)line[at]))
            at++;
        return at;
    }

    private static int SkipBlank(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && line[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            at++;
        return at;
    }

    private static bool Stands(ReadOnlySpan<byte> line, int at, byte value) => at < line.Length && line[at] == value;
}
