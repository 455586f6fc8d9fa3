using Recite.Models.Http;

namespace Recite.Models.OpenAI;

/// <summary>The optional parts of OpenAI's protocol that a server has not refused so far.</summary>
/// <param name="LogProbabilities">Whether log-probabilities are asked for.</param>
/// <param name="StreamUsage">Whether a stream is asked to end with token counts.</param>
/// <param name="NewLengthField">Whether the length is bounded by <c>max_completion_tokens</c>, as newer models of OpenAI want it.</param>
internal sealed record OpenAIDialect(bool LogProbabilities, bool StreamUsage = true, bool NewLengthField = false)
{
    /// <summary>The dialect without what the server just refused; the same one if the refusal was about something else.</summary>
    public OpenAIDialect Adapt(ServerError error)
    {
        if (!NewLengthField && error.Mentions("max_completion_tokens"))
            return this with { NewLengthField = true };
        if (LogProbabilities && error.Mentions("logprobs"))
            return this with { LogProbabilities = false };
        return StreamUsage && error.Mentions("stream_options") ? this with { StreamUsage = false } : this;
    }
}
