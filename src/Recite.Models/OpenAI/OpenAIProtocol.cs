using System.Text.Json;
using Recite.Models.Http;
using Recite.Targets;

namespace Recite.Models.OpenAI;

/// <summary>
/// What <c>/completions</c> and <c>/chat/completions</c> of OpenAI and of the many servers that speak its protocol have in common.
/// </summary>
internal abstract class OpenAIProtocol(Uri baseAddress, string path, string model, bool vendor, TargetSettings settings) : IWireProtocol
{
    private volatile OpenAIDialect dialect = new(settings.LogProbabilities);

    /// <inheritdoc/>
    public abstract string Endpoint { get; }

    /// <inheritdoc/>
    public Uri Address { get; } = new(baseAddress.AbsoluteUri.TrimEnd('/') + path);

    /// <inheritdoc/>
    public string? FindUnsupported(SamplingOptions sampling)
    {
        // Others (vLLM, llama.cpp, TGI) take both beside OpenAI's own fields.
        if (!vendor)
            return null;
        if (sampling.TopK > 0)
            return "OpenAI's protocol has no top-k";
        return sampling.RepetitionPenalty is 1 ? null : "OpenAI's protocol has no repetition penalty";
    }

    /// <inheritdoc/>
    public void WriteHeaders(HttpRequestMessage message, ApiKey key) => key.Authorize(message, "Authorization", "Bearer ");

    /// <inheritdoc/>
    public byte[] WriteBody(CompletionRequest request)
    {
        OpenAIDialect spoken = dialect;
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            WritePrompt(json, request.Prompt);
            json.WriteNumber(LengthField(spoken), request.MaxTokens);
            WriteSampling(json, request);
            json.WriteBoolean("stream", settings.Streaming);
            if (settings.Streaming && spoken.StreamUsage)
            {
                json.WriteStartObject("stream_options");
                json.WriteBoolean("include_usage", true);
                json.WriteEndObject();
            }

            if (spoken.LogProbabilities)
                WriteLogProbabilities(json);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    /// <inheritdoc/>
    public void ReadWhole(JsonElement root, ReceivedReply reply)
    {
        JsonElement choice = root.Field("choices").First();
        if (choice.ValueKind != JsonValueKind.Object)
            throw new JsonException("no choices");
        Read(root, choice, reply);
        reply.Ended = true;
    }

    /// <inheritdoc/>
    public void ReadEvent(JsonElement root, ReceivedReply reply) => Read(root, root.Field("choices").First(), reply);

    /// <inheritdoc/>
    public bool Adapt(ServerError error)
    {
        OpenAIDialect spoken = dialect;
        OpenAIDialect better = spoken.Adapt(error);
        dialect = better;
        return better != spoken;
    }

    /// <summary>The field that bounds the tokens to generate.</summary>
    protected abstract string LengthField(OpenAIDialect spoken);

    /// <summary>Writes the prompt in the endpoint's form.</summary>
    protected abstract void WritePrompt(Utf8JsonWriter json, string prompt);

    /// <summary>Asks for log-probabilities.</summary>
    protected abstract void WriteLogProbabilities(Utf8JsonWriter json);

    /// <summary>Reads text and log-probabilities of a choice, whole or a piece of a stream.</summary>
    protected abstract void ReadChoice(JsonElement choice, ReceivedReply reply);

    private static void WriteSampling(Utf8JsonWriter json, CompletionRequest request)
    {
        SamplingOptions sampling = request.Sampling;

        // Always sent: the default of every server is sampling, and an audit that meant greedy decoding would not notice.
        json.WriteNumber("temperature", sampling.Temperature);
        if (sampling.Temperature > 0)
            json.WriteNumber("seed", (long)(request.Seed & 0x7FFFFFFF));
        if (sampling.TopP < 1)
            json.WriteNumber("top_p", sampling.TopP);
        if (sampling.TopK > 0)
            json.WriteNumber("top_k", sampling.TopK);
        if (sampling.RepetitionPenalty is not 1)
            json.WriteNumber("repetition_penalty", sampling.RepetitionPenalty);
        if (sampling.PresencePenalty is not 0)
            json.WriteNumber("presence_penalty", sampling.PresencePenalty);
        if (sampling.FrequencyPenalty is not 0)
            json.WriteNumber("frequency_penalty", sampling.FrequencyPenalty);
    }

    private void Read(JsonElement root, JsonElement choice, ReceivedReply reply)
    {
        reply.RequestId ??= root.Text("id");
        reply.Model ??= root.Text("model");
        reply.Fingerprint ??= root.Text("system_fingerprint");
        JsonElement usage = root.Field("usage");
        reply.PromptTokens = usage.Count("prompt_tokens") ?? reply.PromptTokens;
        reply.CompletionTokens = usage.Count("completion_tokens") ?? reply.CompletionTokens;
        string? reason = choice.Text("finish_reason");
        FilterMarks.Read(choice, reply);

        // Routers between providers report a failure of the one behind them this way.
        if (reason is "error")
            throw new ReplyException("the server gave up inside the reply");
        reply.FinishReason = reason ?? reply.FinishReason;
        ReadChoice(choice, reply);
    }
}
