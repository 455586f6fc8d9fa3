using System.Text;
using System.Text.Json;
using Recite.Indexing;
using Recite.Models.Http;
using Recite.Targets;

namespace Recite.Models.Replay;

/// <summary>Reads one line of a recording: <c>{"id", "prompt": "..." | [messages], "completion", "model"?, "meta"?}</c>.</summary>
internal static class RecordedLine
{
    /// <summary>Reads a line.</summary>
    /// <param name="json">The line as UTF-8.</param>
    /// <param name="where">File and line for messages.</param>
    /// <exception cref="ReciteException">The line is not JSON or lacks a field.</exception>
    public static RecordedOutput Read(ReadOnlyMemory<byte> json, string where)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, JsonFields.Options);
            return Read(document.RootElement, where);
        }
        catch (JsonException error)
        {
            throw new ReciteException($"{where}: this line is not JSON; each line must be one object with \"id\", \"prompt\" and \"completion\".", error);
        }
    }

    private static RecordedOutput Read(JsonElement line, string where)
    {
        string id = line.Field("id") is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : Require(line, "id", where);
        string completion = Require(line, "completion", where);
        JsonElement prompt = line.Field("prompt");
        string text = prompt.ValueKind switch
        {
            JsonValueKind.String => prompt.Text() ?? "",
            JsonValueKind.Array => ReadMessages(prompt, where),
            _ => throw new ReciteException($"{where}: \"prompt\" must be a text or a list of messages."),
        };
        return new RecordedOutput(id, text, completion, line.Text("model"), ReadDisposition(line.Field("meta"), completion, where));
    }

    private static string Require(JsonElement line, string name, string where) =>
        line.Text(name) ?? throw new ReciteException($"{where}: \"{name}\" must be a text; each line must be one object with \"id\", \"prompt\" and \"completion\".");

    private static string ReadMessages(JsonElement messages, string where)
    {
        StringBuilder text = new();
        foreach (JsonElement message in messages.EnumerateArray())
        {
            if (text.Length > 0)
                text.Append("\n\n");
            JsonElement content = message.Field("content");
            if (content.ValueKind is not (JsonValueKind.String or JsonValueKind.Array))
                throw new ReciteException($"{where}: each message of \"prompt\" must have a \"content\".");
            text.Append(content.Text());
            foreach (JsonElement part in content.Items())
                text.Append(part.Text("text"));
        }

        return text.ToString();
    }

    private static Disposition ReadDisposition(JsonElement meta, string completion, string where)
    {
        if (meta.Text("disposition") is not { } word)
            return FinishReasons.Disposition(meta.Text("finish_reason"), completion.Length > 0);

        // Enum.TryParse would also take numbers and lists.
        foreach (Disposition disposition in Enum.GetValues<Disposition>())
        {
            if (string.Equals(disposition.ToString(), word, StringComparison.OrdinalIgnoreCase))
                return disposition;
        }

        throw new ReciteException($"{where}: \"meta.disposition\" must be one of completed, truncated, refused, filtered, empty and error.");
    }
}
