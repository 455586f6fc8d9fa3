using System.Text.Json;
using Recite.Models.Http;
using Recite.Models.Http.Scoring;
using Recite.Targets;

namespace Recite.Models.OpenAI;

/// <summary>What both ways of asking <c>/completions</c> for the scores of a prompt have in common.</summary>
/// <param name="baseAddress">Where the server's endpoints are.</param>
/// <param name="model">The model's name there.</param>
/// <param name="start">How it is asked at first.</param>
internal abstract class PromptScoringProtocol(Uri baseAddress, string model, ScoringDialect start) : IScoringProtocol
{
    private volatile ScoringDialect dialect = start;

    /// <inheritdoc/>
    public abstract string Method { get; }

    /// <inheritdoc/>
    public string Endpoint => "completions";

    /// <inheritdoc/>
    public Uri Address { get; } = new(baseAddress.AbsoluteUri.TrimEnd('/') + "/completions");

    /// <inheritdoc/>
    public string? FindUnsupported(SamplingOptions sampling) => null;

    /// <inheritdoc/>
    public void WriteHeaders(HttpRequestMessage message, ApiKey key) => key.Authorize(message, "Authorization", "Bearer ");

    /// <inheritdoc/>
    public byte[] WriteBody(CompletionRequest request)
    {
        ScoringDialect spoken = dialect;
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            WritePrompt(json, request);
            json.WriteNumber("max_tokens", spoken.GeneratedTokens);

            // Some servers score under the sampling they are asked for; these options leave the model's distribution as it is.
            json.WriteNumber("temperature", 1);
            json.WriteNumber("top_p", 1);
            json.WriteBoolean("stream", false);
            WriteScoring(json, spoken.Top);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    /// <inheritdoc/>
    public void ReadWhole(JsonElement root, ReceivedReply reply)
    {
        JsonElement choice = root.Field("choices").First();
        JsonElement usage = root.Field("usage");
        reply.RequestId ??= root.Text("id");
        reply.PromptTokens = usage.Count("prompt_tokens");
        reply.CompletionTokens = usage.Count("completion_tokens");
        reply.FinishReason = choice.Text("finish_reason");
        reply.Append(choice.Text("text"));
        reply.Scored = ReadScores(choice, dialect, reply.CompletionTokens) is { Count: > 0 } positions ? new ScoredPrompt(positions) : null;
        reply.Ended = true;
    }

    /// <inheritdoc/>
    public void ReadEvent(JsonElement root, ReceivedReply reply) =>
        throw new ReplyException("the server sent a stream that was not asked for", retry: false);

    /// <inheritdoc/>
    public bool Adapt(ServerError error)
    {
        ScoringDialect spoken = dialect;
        ScoringDialect better = spoken.Adapt(error);
        dialect = better;
        return better != spoken;
    }

    /// <summary>Asks for scores and for so many of the most probable tokens at each position.</summary>
    protected abstract void WriteScoring(Utf8JsonWriter json, int top);

    /// <summary>Reads the scores of a choice; null where there are none.</summary>
    protected abstract List<ScoredPosition>? ReadScores(JsonElement choice, ScoringDialect spoken, int? completionTokens);

    /// <summary>A log-probability: at most 0, to which rounding may add a little; null for anything else.</summary>
    protected static double? ReadLogProbability(JsonElement value) => value.Number() switch
    {
        { } number and <= 1e-3 => Math.Min(0, number),
        _ => null,
    };

    private static void WritePrompt(Utf8JsonWriter json, CompletionRequest request)
    {
        if (request.PromptTokens is not { } tokens)
        {
            json.WriteString("prompt", request.Prompt);
            return;
        }

        json.WriteStartArray("prompt");
        foreach (int token in tokens)
            json.WriteNumberValue(token);
        json.WriteEndArray();
    }
}
