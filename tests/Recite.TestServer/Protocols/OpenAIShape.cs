using System.Text.Json.Nodes;
using Recite.TestServer.Engines;

namespace Recite.TestServer.Protocols;

/// <summary>What both endpoints of OpenAI's protocol share.</summary>
internal abstract class OpenAIShape
{
    public int OverloadedStatus => 503;

    public JsonObject WriteError(string type, string message) => new()
    {
        ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = null, ["code"] = type },
    };

    protected static Question Read(JsonObject body, string prompt, int maxTokens) =>
        new(prompt, maxTokens, (double?)body["temperature"] ?? 1, (ulong?)body["seed"] ?? 0);

    protected static bool WantsLogProbabilities(JsonObject body) =>
        body["logprobs"] is JsonValue wanted && (wanted.TryGetValue(out bool yes) ? yes : (int)wanted > 0);

    protected static string Event(JsonObject json) => $"data: {json.ToJsonString()}\n\n";

    protected static JsonObject Frame(JsonObject body, string kind, JsonObject choice, Answer? counted = null)
    {
        JsonObject frame = new()
        {
            ["id"] = "cmpl-test",
            ["object"] = kind,
            ["created"] = 0,
            ["model"] = (string?)body["model"],
            ["choices"] = new JsonArray(choice),
        };
        if (counted is not null)
            frame["usage"] = Usage(counted);
        return frame;
    }

    // Token counts, if the request wants them, come in an event without choices; then the mark of the end.
    protected static IEnumerable<string> Close(JsonObject body, string kind, Answer answer)
    {
        if ((bool?)body["stream_options"]?["include_usage"] == true)
        {
            JsonObject counts = Frame(body, kind, [], answer);
            counts["choices"] = new JsonArray();
            yield return Event(counts);
        }

        yield return "data: [DONE]\n\n";
    }

    private static JsonObject Usage(Answer answer) => new()
    {
        ["prompt_tokens"] = answer.PromptTokens,
        ["completion_tokens"] = answer.Tokens.Count,
        ["total_tokens"] = answer.PromptTokens + answer.Tokens.Count,
    };
}
