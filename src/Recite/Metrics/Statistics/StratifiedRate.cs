namespace Recite.Metrics.Statistics;

/// <summary>What was counted in one stratum, and how much of the population it stands for.</summary>
/// <param name="Label">The stratum, for instance <c>4-7</c>.</param>
/// <param name="Hits">Successes.</param>
/// <param name="Trials">Trials; independent of one another, or by cluster.</param>
/// <param name="Population">Members of the population in this stratum; may be an estimate.</param>
public readonly record struct StratumCount(string Label, int Hits, int Trials, double Population)
{
    /// <summary>The same hits and trials by cluster; <see langword="null"/> where trials are independent.</summary>
    public IReadOnlyList<ClusterCount>? Clusters { get; init; }

    /// <summary>The interval of this stratum's rate: exact, or clustered where there are clusters.</summary>
    public Interval Interval(double confidence) =>
        Clusters is null ? ClopperPearson.TwoSided(Hits, Trials, confidence) : KornGraubard.TwoSided(Clusters, confidence);
}

/// <summary>
/// The estimate for a whole population from samples drawn within strata: each stratum's rate weighted by its share of the population
/// (Cochran, Sampling Techniques, 1977, section 5.3). The interval is the weighted sum of each stratum's exact interval at confidence
/// 1 - (1 - confidence) / strata: by Bonferroni all of them hold at once at least as often as promised, and then so does the sum.
/// </summary>
/// <remarks>
/// Conservative: it is wider than an asymptotic interval, and never wrong for small counts.
/// Worked example: strata of weight 0.9 (0 of 100) and 0.1 (50 of 100) give 0.05 with [0.0385, 0.1001] at 95 %.
/// </remarks>
public static class StratifiedRate
{
    /// <summary>The <c>method</c> that weighted rates carry.</summary>
    public const string Method = "stratified; weighted Clopper-Pearson, Bonferroni over strata";

    /// <summary>The <c>method</c> of weighted rates whose trials are clustered.</summary>
    public const string ClusteredMethod = "stratified; weighted Korn-Graubard, clustered by document, Bonferroni over strata";

    /// <summary>The weighted rate with its interval; <see langword="null"/> where no stratum has both trials and a population.</summary>
    public static StratifiedEstimate? Estimate(IReadOnlyList<StratumCount> strata, double confidence)
    {
        StratumCount[] measured = [.. strata.Where(s => s.Trials > 0 && s.Population > 0)];
        if (measured.Length == 0)
            return null;

        double total = measured.Sum(s => s.Population);
        double eachConfidence = 1 - ((1 - confidence) / measured.Length);
        double rate = 0, low = 0, high = 0;
        var weights = new List<StratumWeight>(measured.Length);
        foreach (StratumCount stratum in measured)
        {
            double weight = stratum.Population / total;
            Interval interval = stratum.Interval(eachConfidence);
            rate += weight * stratum.Hits / stratum.Trials;
            low += weight * interval.Low;
            high += weight * interval.High;
            weights.Add(new StratumWeight(stratum.Label, weight));
        }

        // A single stratum is no stratification: its exact interval is the answer, by its own name.
        string method = measured.Length == 1 ? measured[0].Interval(confidence).Method
            : measured.All(s => s.Clusters is null) ? Method
            : ClusteredMethod;
        return new StratifiedEstimate(rate, new Interval(Math.Max(0, low), Math.Min(1, high), confidence, method), weights);
    }
}

/// <summary>A weighted rate.</summary>
/// <param name="Rate">The estimate.</param>
/// <param name="Interval">Its interval.</param>
/// <param name="Weights">The weights, which a report prints.</param>
public sealed record StratifiedEstimate(double Rate, Interval Interval, IReadOnlyList<StratumWeight> Weights);

/// <summary>The share of the population that a stratum stands for.</summary>
public readonly record struct StratumWeight(string Label, double Weight);
