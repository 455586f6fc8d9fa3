using System.Text.Json;
using Recite.Models.Http;
using Recite.Models.Http.Scoring;

namespace Recite.Models.OpenAI;

/// <summary>
/// OpenAI's older <c>echo</c> with <c>logprobs</c>: the prompt comes back as tokens with their log-probabilities and, for each position,
/// an object from the texts of the most probable tokens to theirs. Texts of different tokens may be the same and then lose one of them.
/// </summary>
internal sealed class EchoProtocol(Uri baseAddress, string model)
    : PromptScoringProtocol(baseAddress, model, new ScoringDialect(Top: 20, GeneratedTokens: 0))
{
    /// <inheritdoc/>
    public override string Method => "echo";

    /// <inheritdoc/>
    protected override void WriteScoring(Utf8JsonWriter json, int top)
    {
        json.WriteBoolean("echo", true);
        json.WriteNumber("logprobs", top);
    }

    /// <inheritdoc/>
    protected override List<ScoredPosition>? ReadScores(JsonElement choice, ScoringDialect spoken, int? completionTokens)
    {
        JsonElement logprobs = choice.Field("logprobs");
        JsonElement[] tokens = [.. logprobs.Field("tokens").Items()];
        JsonElement[] values = [.. logprobs.Field("token_logprobs").Items()];
        JsonElement[] tops = [.. logprobs.Field("top_logprobs").Items()];

        // The token that a server had to generate comes behind the prompt's.
        int count = tokens.Length - (spoken.GeneratedTokens > 0 ? Math.Min(completionTokens ?? 1, spoken.GeneratedTokens) : 0);
        if (values.Length != tokens.Length || count < 1)
            return null;
        int top = Math.Min(spoken.Top, tops.Length == tokens.Length ? tops.Max(CountEntries) : 0);
        return [.. Enumerable.Range(0, count).Select(i => Read(tokens[i].Text() ?? "", ReadLogProbability(values[i]), top > 0 ? tops[i] : default, top))];
    }

    private static int CountEntries(JsonElement entries) => entries.ValueKind == JsonValueKind.Object ? entries.GetPropertyCount() : 0;

    private static ScoredPosition Read(string token, double? own, JsonElement entries, int top)
    {
        var position = new ScoredPosition(token, ScoredPosition.ReadBytes(token), own, Rank: -1, Top: []);
        int shown = CountEntries(entries);

        // Fewer than the others have: two tokens of one text fell together, and what is left shows no ranks.
        if (own is not { } value || shown < top || shown == 0)
            return position;
        double[] falling = [.. entries.EnumerateObject().Select(entry => ReadLogProbability(entry.Value)).OfType<double>().OrderDescending()];
        if (falling.Length != shown)
            return position;
        bool isInside = value >= falling[top - 1];
        return position with { Rank = isInside ? falling.Count(other => other > value) : -1, Top = falling[..top] };
    }
}
