using System.Text.Json.Nodes;
using Recite.Controls;
using Recite.Metrics.Statistics;
using Recite.Probes;
using Recite.Reporting;

namespace Recite.Metrics;

/// <summary>
/// How many tries get a text back with probability one half, against its duplicates (M9): n50 = ln 0.5 / ln(1 - p_z), the median of each
/// stratum with a distribution-free interval. Samples out of reach count as needing more tries than all others.
/// </summary>
internal static class Reach
{
    public static void Add(ScoreMeasure measure, ScoreArm arm, string scheme, NullContext context)
    {
        IReadOnlyList<ScoredSample> samples = arm.Under(scheme);
        var points = new List<CurvePoint>();
        foreach (IGrouping<long, ScoredSample> stratum in samples.GroupBy(s => s.Stratum is { } label ? DuplicateStrata.LowerEnd(label) : 0).OrderBy(g => g.Key))
        {
            double[] tries = [.. stratum.Select(s => NpExtraction.Log10TriesToHalf(s.LogProbability))];
            MedianInterval median = MedianInterval.Of(tries, context.Confidence);
            JsonObject estimate = ScoreMeasure.Estimate("tries-to-half", arm, context);
            estimate["scheme"] = scheme;
            estimate["duplicates"] = stratum.First().Stratum;
            estimate["samples"] = tries.Length;
            estimate["unreachable"] = tries.Count(double.IsPositiveInfinity);
            estimate["log10Median"] = ScoreMeasure.Finite(median.Median);
            estimate["log10Low"] = ScoreMeasure.Finite(median.Low);
            estimate["log10High"] = ScoreMeasure.Finite(median.High);
            estimate["confidence"] = context.Confidence;
            estimate["method"] = arm.Clusters.Count > 0 ? MedianInterval.Method + "; windows of one document taken as independent, which makes it too narrow" : MedianInterval.Method;
            measure.Estimates.Add(estimate);
            if (double.IsFinite(median.Median))
                points.Add(new CurvePoint(stratum.Key, median.Median, ScoreMeasure.Finite(median.Low), ScoreMeasure.Finite(median.High)));
        }

        if (points.Count > 0)
            measure.Curves.Add(new Curve($"tries-to-half, {scheme}", arm.Name, "duplicates (lower end of the stratum)", "log10 of the tries that get it back with probability one half", points));
    }
}
