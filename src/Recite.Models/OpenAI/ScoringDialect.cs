using Recite.Models.Http;

namespace Recite.Models.OpenAI;

/// <summary>What a server has not refused so far.</summary>
/// <param name="Top">How many of the most probable tokens are asked for: vLLM allows 20 by default, OpenAI 5.</param>
/// <param name="GeneratedTokens">Tokens to generate behind the prompt: none where the server allows that.</param>
internal sealed record ScoringDialect(int Top, int GeneratedTokens)
{
    private const int FewTop = 5;

    /// <summary>The dialect without what the server just refused; the same one if the refusal was about something else.</summary>
    public ScoringDialect Adapt(ServerError error)
    {
        if (GeneratedTokens == 0 && error.Mentions("max_tokens"))
            return this with { GeneratedTokens = 1 };
        return Top > 1 && error.Mentions("logprobs") ? this with { Top = Top > FewTop ? FewTop : 1 } : this;
    }
}
