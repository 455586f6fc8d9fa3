using System.Text.Json;
using Recite.Models.Http;

namespace Recite.Models.OpenAI;

/// <summary><c>/completions</c>: the prompt is continued as it stands.</summary>
internal sealed class CompletionsProtocol(Uri baseAddress, string model, bool vendor, TargetSettings settings)
    : OpenAIProtocol(baseAddress, "/completions", model, vendor, settings)
{
    /// <inheritdoc/>
    public override string Endpoint => "completions";

    /// <inheritdoc/>
    protected override string LengthField(OpenAIDialect spoken) => "max_tokens";

    /// <inheritdoc/>
    protected override void WritePrompt(Utf8JsonWriter json, string prompt) => json.WriteString("prompt", prompt);

    /// <inheritdoc/>
    protected override void WriteLogProbabilities(Utf8JsonWriter json) => json.WriteNumber("logprobs", 1);

    /// <inheritdoc/>
    protected override void ReadChoice(JsonElement choice, ReceivedReply reply)
    {
        reply.Append(choice.Text("text"));
        foreach (JsonElement value in choice.Field("logprobs").Field("token_logprobs").Items())
        {
            if (value.Number() is { } logProbability)
                reply.AppendLogProbability(logProbability);
        }
    }
}
