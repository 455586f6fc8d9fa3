using System.Text;
using System.Text.Json;

namespace Recite.Models.Http;

/// <summary>What a server said when it did not serve; every part may be missing.</summary>
/// <param name="Message">Its words: one line, bounded, without control characters and without the key.</param>
/// <param name="Code">Its own code, for instance <c>model_not_found</c> or <c>overloaded_error</c>.</param>
internal sealed record ServerError(string Message, string Code)
{
    private const int MaximumLength = 300;

    /// <summary>Reads the body of a refusal: OpenAI's and Anthropic's shapes, and the plain ones of small servers.</summary>
    public static ServerError Read(string body, ApiKey key)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, JsonFields.Options);
            return Read(document.RootElement, key);
        }
        catch (JsonException)
        {
            // Proxies answer in HTML and small servers in plain text; their first words are still worth showing.
            return new ServerError(Clean(body, key), "");
        }
    }

    /// <summary>Reads a refusal that came as JSON, be it the whole body or an event of a stream.</summary>
    public static ServerError Read(JsonElement root, ApiKey key)
    {
        JsonElement error = root.Field("error");
        string? message = error.Text() ?? error.Text("message") ?? root.Text("message") ?? root.Text("detail");
        string? code = error.Text("code") ?? error.Text("type") ?? root.Text("code");
        return new ServerError(Clean(message ?? "", key), Clean(code ?? "", key));
    }

    /// <summary>Whether the message or the code speaks of <paramref name="word"/>.</summary>
    public bool Mentions(string word) =>
        Message.Contains(word, StringComparison.OrdinalIgnoreCase) || Code.Contains(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>One bounded line of a stranger's text, safe to print.</summary>
    public static string Clean(string text, ApiKey key)
    {
        text = key.Redact(text);
        StringBuilder line = new(Math.Min(text.Length, MaximumLength));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (line.Length >= MaximumLength)
                return line.Append("...").ToString();
            bool visible = !Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) != System.Globalization.UnicodeCategory.Format;
            if (visible)
                line.Append(rune);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }

        return line.ToString().TrimEnd();
    }

    /// <inheritdoc/>
    public override string ToString() => (Message, Code) switch
    {
        ("", "") => "",
        ("", _) => Code,
        _ => Message,
    };
}
