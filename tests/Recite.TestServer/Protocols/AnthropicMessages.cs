using System.Text.Json.Nodes;
using Recite.TestServer.Engines;

namespace Recite.TestServer.Protocols;

/// <summary>Anthropic's <c>/v1/messages</c>.</summary>
internal sealed class AnthropicMessages : IProtocol
{
    public int OverloadedStatus => 529;

    public Question Read(JsonObject body) =>
        new((string)body["messages"]!.AsArray()[^1]!["content"]!, (int)body["max_tokens"]!, (double?)body["temperature"] ?? 1, Seed: 0);

    public JsonObject WriteWhole(JsonObject body, Answer answer) =>
        Message(body, answer, Ending(answer), new JsonArray(new JsonObject { ["type"] = "text", ["text"] = answer.Text }));

    public IEnumerable<string> WriteEvents(JsonObject body, Answer answer)
    {
        yield return Event("message_start", new JsonObject { ["message"] = Message(body, answer, ending: null, []) });
        yield return Event("content_block_start", new JsonObject { ["index"] = 0, ["content_block"] = new JsonObject { ["type"] = "text", ["text"] = "" } });
        yield return Event("ping", []);
        foreach (ReplyToken token in answer.Tokens)
            yield return Event("content_block_delta", new JsonObject { ["index"] = 0, ["delta"] = new JsonObject { ["type"] = "text_delta", ["text"] = token.Text } });
        yield return Event("content_block_stop", new JsonObject { ["index"] = 0 });
        yield return Event("message_delta", new JsonObject
        {
            ["delta"] = new JsonObject { ["stop_reason"] = Ending(answer), ["stop_sequence"] = null },
            ["usage"] = new JsonObject { ["output_tokens"] = answer.Tokens.Count },
        });
        yield return Event("message_stop", []);
    }

    public JsonObject WriteError(string type, string message) => new()
    {
        ["type"] = "error",
        ["error"] = new JsonObject { ["type"] = type, ["message"] = message },
    };

    private static string Ending(Answer answer) => answer.Ending switch
    {
        "length" => "max_tokens",
        "refusal" or "content_filter" => "refusal",
        _ => "end_turn",
    };

    private static JsonObject Message(JsonObject body, Answer answer, string? ending, JsonArray content) => new()
    {
        ["id"] = "msg-test",
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = (string?)body["model"],
        ["content"] = content,
        ["stop_reason"] = ending,
        ["usage"] = new JsonObject { ["input_tokens"] = answer.PromptTokens, ["output_tokens"] = ending is null ? 1 : answer.Tokens.Count },
    };

    private static string Event(string type, JsonObject json)
    {
        json["type"] = type;
        return $"event: {type}\ndata: {json.ToJsonString()}\n\n";
    }
}
