using System.Globalization;
using System.Text.Json;
using Recite.Models.Http;
using Recite.Models.Http.Scoring;

namespace Recite.Models.OpenAI;

/// <summary>
/// vLLM's <c>prompt_logprobs</c>: for each token of the prompt an object from token ids to log-probability, rank (from 1, over the whole
/// vocabulary) and decoded text, for the true token and the most probable ones. The first token has none.
/// </summary>
internal sealed class PromptLogProbabilitiesProtocol(Uri baseAddress, string model)
    : PromptScoringProtocol(baseAddress, model, new ScoringDialect(Top: 20, GeneratedTokens: 1))
{
    /// <inheritdoc/>
    public override string Method => "prompt_logprobs";

    /// <inheritdoc/>
    protected override void WriteScoring(Utf8JsonWriter json, int top) => json.WriteNumber("prompt_logprobs", top);

    /// <inheritdoc/>
    protected override List<ScoredPosition>? ReadScores(JsonElement choice, ScoringDialect spoken, int? completionTokens)
    {
        JsonElement list = choice.Field("prompt_logprobs");
        if (list.ValueKind != JsonValueKind.Array)
            return null;

        // Newer versions tell the prompt's tokens; older ones write the true token of each position first.
        JsonElement ids = choice.Field("prompt_token_ids");
        bool hasIds = ids.ValueKind == JsonValueKind.Array && ids.GetArrayLength() == list.GetArrayLength();
        List<ScoredPosition> positions = [];
        foreach (JsonElement entries in list.Items())
        {
            string? id = hasIds && ids[positions.Count].TryGetInt64(out long number) ? number.ToString(CultureInfo.InvariantCulture) : null;
            positions.Add(Read(entries, id, spoken.Top));
        }

        return positions;
    }

    private static ScoredPosition Read(JsonElement entries, string? id, int top)
    {
        JsonProperty[] shown = entries.ValueKind == JsonValueKind.Object ? [.. entries.EnumerateObject()] : [];
        JsonProperty own = id is null ? shown.FirstOrDefault() : shown.FirstOrDefault(entry => string.Equals(entry.Name, id, StringComparison.Ordinal));
        if (own.Value.ValueKind != JsonValueKind.Object)
            return new ScoredPosition(id ?? "", Bytes: null, LogProbability: null, Rank: -1, Top: []);

        int? rank = own.Value.Count("rank") - 1;
        double[] falling = [.. shown.Select(entry => ReadLogProbability(entry.Value.Field("logprob"))).OfType<double>().OrderDescending()];

        // The list holds the true token too, behind the most probable ones if it is none of them.
        bool isOutside = rank is { } known ? known >= top : falling.Length > top;
        return new ScoredPosition(
            own.Name,
            ScoredPosition.ReadBytes(own.Value.Text("decoded_token")),
            ReadLogProbability(own.Value.Field("logprob")),
            rank is >= 0 ? rank.Value : -1,
            falling.Length == shown.Length ? falling[..Math.Min(top, isOutside ? falling.Length - 1 : falling.Length)] : []);
    }
}
