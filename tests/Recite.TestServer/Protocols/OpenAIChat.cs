using System.Text.Json.Nodes;
using Recite.TestServer.Engines;

namespace Recite.TestServer.Protocols;

/// <summary><c>/v1/chat/completions</c>; a refusal comes in its own field.</summary>
internal sealed class OpenAIChat : OpenAIShape, IProtocol
{
    public Question Read(JsonObject body) =>
        Read(body, (string)body["messages"]!.AsArray()[^1]!["content"]!, (int?)(body["max_completion_tokens"] ?? body["max_tokens"]) ?? 16);

    public JsonObject WriteWhole(JsonObject body, Answer answer)
    {
        bool refused = answer.Ending is "refusal";
        return Frame(body, "chat.completion", new JsonObject
        {
            ["index"] = 0,
            ["message"] = new JsonObject
            {
                ["role"] = "assistant",
                ["content"] = refused ? null : answer.Text,
                ["refusal"] = refused ? answer.Text : null,
            },
            ["logprobs"] = WantsLogProbabilities(body) ? LogProbabilities(answer.Tokens) : null,
            ["finish_reason"] = refused ? "stop" : answer.Ending,
        }, answer);
    }

    public IEnumerable<string> WriteEvents(JsonObject body, Answer answer)
    {
        bool refused = answer.Ending is "refusal";
        yield return Event(Chunk(body, new JsonObject { ["role"] = "assistant", ["content"] = "" }, null, null));
        foreach (ReplyToken token in answer.Tokens)
        {
            yield return Event(Chunk(
                body,
                new JsonObject { [refused ? "refusal" : "content"] = token.Text },
                null,
                WantsLogProbabilities(body) ? LogProbabilities([token]) : null));
        }

        yield return Event(Chunk(body, [], refused ? "stop" : answer.Ending, null));
        foreach (string last in Close(body, "chat.completion.chunk", answer))
            yield return last;
    }

    private static JsonObject Chunk(JsonObject body, JsonObject delta, string? ending, JsonObject? logProbabilities) =>
        Frame(body, "chat.completion.chunk", new JsonObject
        {
            ["index"] = 0,
            ["delta"] = delta,
            ["logprobs"] = logProbabilities,
            ["finish_reason"] = ending,
        });

    private static JsonObject LogProbabilities(IReadOnlyList<ReplyToken> tokens) => new()
    {
        ["content"] = new JsonArray([.. tokens.Select(token => new JsonObject { ["token"] = token.Text, ["logprob"] = token.LogProbability })]),
    };
}
