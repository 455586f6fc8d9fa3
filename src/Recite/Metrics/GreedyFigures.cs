using System.Text.Json.Nodes;
using Recite.Controls;
using Recite.Probes;
using Recite.Reporting;
using Recite.Scores;

namespace Recite.Metrics;

/// <summary>
/// What greedy decoding gives back, read off the ranks of one pass (M1), with and without samples that a tie decides (M3), and held
/// against what the same target really generated greedily.
/// </summary>
internal sealed class GreedyFigures(NullContext context, bool isGreedyRun)
{
    public const string Name = "greedy-extractable";

    public void Add(ScoreMeasure measure, ScoreArm arm, IReadOnlyList<AttemptOutcome> all)
    {
        IReadOnlyList<SampleScore> samples = arm.WithRanks;
        if (samples.Count == 0)
            return;

        SampleScore[] firm = [.. samples.Where(s => !s.IsFragile)];
        Comparison compared = isGreedyRun ? Compare(arm, all) : new Comparison(0, []);
        JsonObject estimate = ScoreMeasure.Estimate(Name, arm, context);
        Write(estimate, Headline(arm, samples));
        var withoutFragile = new JsonObject();
        Write(withoutFragile, Headline(arm, firm));
        estimate["fragile"] = samples.Count - firm.Length;
        estimate["fragileMargin"] = SampleScore.FragileMargin;
        estimate["withoutFragile"] = withoutFragile;
        estimate["comparedWithGenerated"] = compared.Samples;
        estimate["disagreements"] = new JsonArray([.. compared.Disagreeing.Select(id => JsonValue.Create(id))]);
        measure.Estimates.Add(estimate);
        if (compared.Disagreeing.Count > 0)
            measure.Notes.Add($"Greedy decoding gave another text than the scores say, which points to ties or to a target that does not decode greedily ({arm.Name}): {Counted.Of(compared.Disagreeing.Count, "sample")} of {compared.Samples}.");
    }

    // Weighted as the extraction rate is, so that the two can be read side by side.
    private Rate Headline(ScoreArm arm, IReadOnlyList<SampleScore> samples) =>
        NullRates.For(context, Name, arm.Null, arm.Strata)
            .MakeOverAttempts([.. samples.Select(s => new Trial(s.Attempt.Sample, s.Attempt.Stratum, s.IsGreedy is true, Completed: true, arm.Clusters.GetValueOrDefault(s.Attempt.Sample)))])
            .First();

    private static void Write(JsonObject into, Rate rate)
    {
        into["hits"] = rate.Hits;
        into["trials"] = rate.Trials;
        into["rate"] = rate.Value;
        into["low"] = rate.Low;
        into["high"] = rate.High;
        into["confidence"] = rate.Confidence;
        into["method"] = rate.Method;
    }

    // Token by token: normalization forgives differences that scores do not.
    private static Comparison Compare(ScoreArm arm, IReadOnlyList<AttemptOutcome> all)
    {
        Dictionary<int, AttemptOutcome> outcomes = all.ToDictionary(o => o.Attempt.Ordinal);
        int compared = 0;
        List<string> disagreeing = [];
        foreach (SampleScore score in arm.WithRanks)
        {
            if (score.Attempt is not { PromptTokens: not null, SuffixTokens: { } suffix }
                || !outcomes.TryGetValue(score.Attempt.Ordinal, out AttemptOutcome? outcome)
                || outcome.Completion.Tokens is not { } generated
                || score.Attempt.MaxTokens < suffix.Count)
            {
                continue;
            }

            compared++;
            if (generated.Take(suffix.Count).SequenceEqual(suffix) != score.IsGreedy)
                disagreeing.Add(score.Attempt.Id);
        }

        return new Comparison(compared, disagreeing);
    }

    private sealed record Comparison(int Samples, IReadOnlyList<string> Disagreeing);
}
