using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Recite.TestServer.Engines;

namespace Recite.TestServer.Protocols;

/// <summary>How a server can be asked for the scores of a prompt.</summary>
internal enum PromptScoring
{
    /// <summary>Not at all: the fields that ask for it are passed over in silence, as most servers do.</summary>
    None,

    /// <summary>vLLM's <c>prompt_logprobs</c>.</summary>
    PromptLogProbs,

    /// <summary><c>echo</c> with <c>logprobs</c>, as OpenAI had it.</summary>
    Echo,
}

/// <summary>Both shapes of a scored prompt.</summary>
internal static class PromptScores
{
    private const int MostOfVllm = 20;
    private const int MostOfOpenAI = 5;

    /// <summary>How many tokens a request wants to see at each position; null if it wants no scores or cannot have them.</summary>
    public static int? ReadTop(JsonObject body, PromptScoring scoring) => scoring switch
    {
        PromptScoring.PromptLogProbs when (int?)body["prompt_logprobs"] is { } top => top <= MostOfVllm
            ? top
            : throw new NotSupportedException($"Requested prompt logprobs of {top}, which is greater than max allowed: {MostOfVllm}"),
        PromptScoring.Echo when (bool?)body["echo"] == true => (int)body["logprobs"]! is var top and <= MostOfOpenAI
            ? top
            : throw new NotSupportedException($"Invalid value for 'logprobs': must be at most {MostOfOpenAI}"),
        _ => null,
    };

    /// <summary>vLLM's list: the true token first, then the most probable ones; ranks from 1; parts of characters as U+FFFD.</summary>
    public static JsonArray WriteList(IReadOnlyList<PromptToken> prompt) => [.. prompt.Select(WritePosition)];

    /// <summary>OpenAI's lists over prompt and completion; parts of characters as <c>bytes:\x..</c>.</summary>
    public static JsonObject WriteEcho(IReadOnlyList<PromptToken> prompt, Answer answer) => new()
    {
        ["tokens"] = new JsonArray([.. prompt.Select(token => JsonValue.Create(Show(token.Bytes))), .. answer.Tokens.Select(token => JsonValue.Create(token.Text))]),
        ["token_logprobs"] = new JsonArray([.. prompt.Select(token => (JsonNode?)token.LogProbability), .. answer.Tokens.Select(token => JsonValue.Create(token.LogProbability))]),
        ["top_logprobs"] = new JsonArray([.. prompt.Select(WriteTop), .. answer.Tokens.Select(token => new JsonObject { [token.Text] = token.LogProbability })]),
    };

    private static JsonObject? WritePosition(PromptToken token)
    {
        if (token.LogProbability is not { } own)
            return null;
        JsonObject entries = [];
        entries[Name(token.Id)] = Write(own, token.Rank, token.Bytes);
        for (int i = 0; i < token.Top.Count; i++)
        {
            if (token.Top[i].Id != token.Id)
                entries[Name(token.Top[i].Id)] = Write(token.Top[i].LogProbability, i, token.Top[i].Bytes);
        }

        return entries;
    }

    private static JsonObject Write(double logProbability, int rank, byte[] bytes) =>
        new() { ["logprob"] = logProbability, ["rank"] = rank + 1, ["decoded_token"] = Encoding.UTF8.GetString(bytes) };

    // Tokens of one text fall together here, as they do in OpenAI's replies.
    private static JsonObject? WriteTop(PromptToken token)
    {
        if (token.LogProbability is not { } own)
            return null;
        JsonObject entries = [];
        foreach (Candidate candidate in token.Top)
            entries[Show(candidate.Bytes)] = candidate.LogProbability;
        entries[Show(token.Bytes)] = own;
        return entries;
    }

    private static string Name(int id) => id.ToString(CultureInfo.InvariantCulture);

    private static string Show(byte[] bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        return text.Contains('\uFFFD', StringComparison.Ordinal)
            ? "bytes:" + string.Concat(bytes.Select(value => string.Create(CultureInfo.InvariantCulture, $"\\x{value:x2}")))
            : text;
    }
}
