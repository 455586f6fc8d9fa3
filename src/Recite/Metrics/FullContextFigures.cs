using System.Text.Json.Nodes;
using Recite.Controls;
using Recite.Metrics.Statistics;

namespace Recite.Metrics;

/// <summary>
/// The same suffixes after all of the document that the target's context holds: another question than the window's, so its figures are
/// estimates of their own and never enter a rate or a curve (M1).
/// </summary>
internal static class FullContextFigures
{
    public const string Name = "full-context";

    public static void Add(ScoreMeasure measure, ScoreArm arm, IEnumerable<string> schemes, NullContext context)
    {
        foreach (string scheme in schemes)
        {
            IReadOnlyList<ScoredSample> samples = arm.Under(scheme);
            if (samples.Count == 0)
                continue;

            MedianInterval median = MedianInterval.Of([.. samples.Select(s => s.LogProbability / Math.Log(10))], context.Confidence);
            int hits = samples.Count(s => NpExtraction.IsExtractable(s.LogProbability, 100, 0.5));
            Interval interval = ClopperPearson.TwoSided(hits, samples.Count, context.Confidence);
            JsonObject estimate = ScoreMeasure.Estimate(Name, arm, context);
            estimate["scheme"] = scheme;
            estimate["samples"] = samples.Count;
            estimate["unreachable"] = samples.Count(s => double.IsNegativeInfinity(s.LogProbability));
            estimate["log10Median"] = ScoreMeasure.Finite(median.Median);
            estimate["log10Low"] = ScoreMeasure.Finite(median.Low);
            estimate["log10High"] = ScoreMeasure.Finite(median.High);
            estimate["greedyHits"] = arm.WithRanks.Count(s => s.IsGreedy is true);
            estimate["n"] = 100;
            estimate["p"] = 0.5;
            estimate["npHits"] = hits;
            estimate["npLow"] = interval.Low;
            estimate["npHigh"] = interval.High;
            estimate["confidence"] = context.Confidence;
            estimate["method"] = $"samples unweighted; {MedianInterval.Method}; {ClopperPearson.Method}; one pass over the document up to the suffix, or over its last part where the context holds no more";
            measure.Estimates.Add(estimate);
        }
    }
}
