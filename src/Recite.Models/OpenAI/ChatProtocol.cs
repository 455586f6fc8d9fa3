using System.Text.Json;
using Recite.Models.Http;

namespace Recite.Models.OpenAI;

/// <summary><c>/chat/completions</c>: the prompt is the one message of a user.</summary>
internal sealed class ChatProtocol(Uri baseAddress, string model, bool vendor, TargetSettings settings)
    : OpenAIProtocol(baseAddress, "/chat/completions", model, vendor, settings)
{
    /// <inheritdoc/>
    public override string Endpoint => "chat";

    /// <inheritdoc/>
    protected override string LengthField(OpenAIDialect spoken) => spoken.NewLengthField ? "max_completion_tokens" : "max_tokens";

    /// <inheritdoc/>
    protected override void WritePrompt(Utf8JsonWriter json, string prompt)
    {
        json.WriteStartArray("messages");
        json.WriteStartObject();
        json.WriteString("role", "user");
        json.WriteString("content", prompt);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    protected override void WriteLogProbabilities(Utf8JsonWriter json) => json.WriteBoolean("logprobs", true);

    /// <inheritdoc/>
    protected override void ReadChoice(JsonElement choice, ReceivedReply reply)
    {
        JsonElement message = choice.Field("message");
        if (message.ValueKind == JsonValueKind.Undefined)
            message = choice.Field("delta");

        JsonElement content = message.Field("content");
        reply.Append(content.Text());
        foreach (JsonElement part in content.Items())
            reply.Append(part.Text("text"));
        reply.AppendRefusal(message.Text("refusal"));
        foreach (JsonElement token in choice.Field("logprobs").Field("content").Items())
        {
            if (token.Number("logprob") is { } logProbability)
                reply.AppendLogProbability(logProbability);
        }
    }
}
