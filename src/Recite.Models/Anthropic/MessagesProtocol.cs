using System.Text.Json;
using Recite.Models.Http;
using Recite.Targets;

namespace Recite.Models.Anthropic;

/// <summary>Anthropic's <c>/v1/messages</c>, version 2023-06-01: the prompt is the one message of a user.</summary>
internal sealed class MessagesProtocol(Uri baseAddress, string model, TargetSettings settings) : IWireProtocol
{
    /// <inheritdoc/>
    public string Endpoint => "chat";

    /// <inheritdoc/>
    public Uri Address { get; } = new(baseAddress.AbsoluteUri.TrimEnd('/') + "/v1/messages");

    /// <inheritdoc/>
    public string? FindUnsupported(SamplingOptions sampling)
    {
        if (sampling.Temperature > 1)
            return "Anthropic's protocol takes no temperature above 1";
        return sampling is { RepetitionPenalty: 1, PresencePenalty: 0, FrequencyPenalty: 0 } ? null : "Anthropic's protocol has no penalties";
    }

    /// <inheritdoc/>
    public void WriteHeaders(HttpRequestMessage message, ApiKey key)
    {
        key.Authorize(message, "x-api-key");
        message.Headers.Add("anthropic-version", "2023-06-01");
    }

    /// <inheritdoc/>
    public byte[] WriteBody(CompletionRequest request)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            json.WriteNumber("max_tokens", request.MaxTokens);
            json.WriteStartArray("messages");
            json.WriteStartObject();
            json.WriteString("role", "user");
            json.WriteString("content", request.Prompt);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteNumber("temperature", request.Sampling.Temperature);
            if (request.Sampling.TopP < 1)
                json.WriteNumber("top_p", request.Sampling.TopP);
            if (request.Sampling.TopK > 0)
                json.WriteNumber("top_k", request.Sampling.TopK);
            json.WriteBoolean("stream", settings.Streaming);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    /// <inheritdoc/>
    public void ReadWhole(JsonElement root, ReceivedReply reply)
    {
        if (root.Field("content").ValueKind != JsonValueKind.Array)
            throw new JsonException("no content");
        ReadMessage(root, reply);
        foreach (JsonElement block in root.Field("content").Items())
            AppendText(block, "text", reply);
        reply.Ended = true;
    }

    /// <inheritdoc/>
    public void ReadEvent(JsonElement root, ReceivedReply reply)
    {
        // Thinking, tool use and event types of the future carry no text of the reply and are passed over, as the vendor asks.
        switch (root.Text("type"))
        {
            case "message_start":
                ReadMessage(root.Field("message"), reply);
                break;
            case "content_block_start":
                AppendText(root.Field("content_block"), "text", reply);
                break;
            case "content_block_delta":
                AppendText(root.Field("delta"), "text_delta", reply);
                break;
            case "message_delta":
                ReadMessage(root.Field("delta"), reply);
                ReadUsage(root.Field("usage"), reply);
                break;
            case "message_stop":
                reply.Ended = true;
                break;
        }
    }

    /// <inheritdoc/>
    public bool Adapt(ServerError error) => false;

    private static void AppendText(JsonElement block, string type, ReceivedReply reply)
    {
        if (string.Equals(block.Text("type"), type, StringComparison.Ordinal))
            reply.Append(block.Text("text"));
    }

    private static void ReadMessage(JsonElement message, ReceivedReply reply)
    {
        reply.RequestId ??= message.Text("id");
        reply.Model ??= message.Text("model");
        reply.FinishReason = message.Text("stop_reason") ?? reply.FinishReason;
        ReadUsage(message.Field("usage"), reply);
    }

    private static void ReadUsage(JsonElement usage, ReceivedReply reply)
    {
        reply.PromptTokens = usage.Count("input_tokens") ?? reply.PromptTokens;
        reply.CompletionTokens = usage.Count("output_tokens") ?? reply.CompletionTokens;
    }
}
