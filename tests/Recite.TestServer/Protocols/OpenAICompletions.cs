using System.Text.Json.Nodes;
using Recite.TestServer.Engines;

namespace Recite.TestServer.Protocols;

/// <summary><c>/v1/completions</c>.</summary>
internal sealed class OpenAICompletions(PromptScoring scoring) : OpenAIShape, IProtocol
{
    public Question Read(JsonObject body) =>
        Read(body, (string)body["prompt"]!, (int?)body["max_tokens"] ?? 16) with { PromptTop = PromptScores.ReadTop(body, scoring) };

    public JsonObject WriteWhole(JsonObject body, Answer answer)
    {
        JsonObject choice = new()
        {
            ["index"] = 0,
            ["text"] = answer.Text,
            ["logprobs"] = WantsLogProbabilities(body) ? LogProbabilities(answer.Tokens) : null,
            ["finish_reason"] = Ending(answer),
        };
        if (answer.Prompt is { } prompt && scoring == PromptScoring.PromptLogProbs)
            choice["prompt_logprobs"] = PromptScores.WriteList(prompt);
        if (answer.Prompt is { } echoed && scoring == PromptScoring.Echo)
            choice["logprobs"] = PromptScores.WriteEcho(echoed, answer);
        return Frame(body, "text_completion", choice, answer);
    }

    public IEnumerable<string> WriteEvents(JsonObject body, Answer answer)
    {
        foreach (ReplyToken token in answer.Tokens)
        {
            yield return Event(Frame(body, "text_completion", new JsonObject
            {
                ["index"] = 0,
                ["text"] = token.Text,
                ["logprobs"] = WantsLogProbabilities(body) ? LogProbabilities([token]) : null,
                ["finish_reason"] = null,
            }));
        }

        yield return Event(Frame(body, "text_completion", new JsonObject { ["index"] = 0, ["text"] = "", ["finish_reason"] = Ending(answer) }));
        foreach (string last in Close(body, "text_completion", answer))
            yield return last;
    }

    // This endpoint has no refusals of its own.
    private static string Ending(Answer answer) => answer.Ending is "refusal" ? "stop" : answer.Ending;

    private static JsonObject LogProbabilities(IReadOnlyList<ReplyToken> tokens) => new()
    {
        ["tokens"] = new JsonArray([.. tokens.Select(token => JsonValue.Create(token.Text))]),
        ["token_logprobs"] = new JsonArray([.. tokens.Select(token => JsonValue.Create(token.LogProbability))]),
    };
}
