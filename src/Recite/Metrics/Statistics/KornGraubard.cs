namespace Recite.Metrics.Statistics;

/// <summary>What was counted in one cluster, for instance one document: its trials are not independent of one another.</summary>
/// <param name="Hits">Successes.</param>
/// <param name="Trials">Trials, at least one.</param>
public readonly record struct ClusterCount(int Hits, int Trials);

/// <summary>
/// The interval of Korn and Graubard (1998), "Confidence intervals for proportions with small expected number of positive counts
/// estimated from survey data", Survey Methodology 24: the exact binomial interval on the effective number of trials, that is as many
/// independent ones as would vary as the clustered ones do. The rate stays hits over trials, whatever the clusters: only the width changes.
/// </summary>
/// <remarks>
/// The variance is that of a ratio over clusters; n_eff = p (1 - p) / variance, times (t(n - 1) / t(v))^2 for how little the variance
/// is known, and never above n. The paper has v = K - 1, all clusters but one; here v is no more than the clusters that hold the rarer
/// outcome, for the others tell nothing of how its trials go together: with 1 hit in 100 clusters K - 1 covers far less than it says.
/// n_eff is never below that of clusters whose trials all agree (Kish 1965, Survey Sampling: n^2 / sum of squares), and is that where every
/// trial agrees or there is a single cluster, since then no variance can be estimated.
/// Clusters of one trial each are independent trials, and the interval is the exact one.
/// Worked example: clusters 3/5, 0/5, 1/5, 0/5, 2/5, 0/5 at 95 %: rate 0.2, n_eff 6.1952, interval [0.0094, 0.6636].
/// </remarks>
public static class KornGraubard
{
    /// <summary>The <c>method</c> that clustered rates carry.</summary>
    public const string Method = "korn-graubard; clustered by document";

    /// <summary>The two-sided interval.</summary>
    /// <param name="clusters">At least one.</param>
    /// <param name="confidence">Coverage, strictly between 0 and 1.</param>
    /// <exception cref="ArgumentException">There is no cluster, or one with more hits than trials.</exception>
    public static Interval TwoSided(IReadOnlyList<ClusterCount> clusters, double confidence)
    {
        Check(clusters);
        int hits = clusters.Sum(c => c.Hits);
        int trials = clusters.Sum(c => c.Trials);
        if (clusters.Count == trials)
            return ClopperPearson.TwoSided(hits, trials, confidence);

        double effective = EffectiveTrials(clusters, confidence);

        // All or nothing stays so: rounding must not make a hit more than there are trials.
        double scaled = hits == trials ? effective : effective * hits / trials;
        return ClopperPearson.Fractional(scaled, effective, confidence) with { Method = Method };
    }

    /// <summary>How many independent trials the clustered ones are worth, t adjustment included.</summary>
    public static double EffectiveTrials(IReadOnlyList<ClusterCount> clusters, double confidence)
    {
        Check(clusters);
        double trials = clusters.Sum(c => (double)c.Trials);
        double rate = clusters.Sum(c => (double)c.Hits) / trials;
        double fewest = trials * trials / clusters.Sum(c => (double)c.Trials * c.Trials);
        if (clusters.Count == trials)
            return trials;
        if (rate is 0 or 1 || clusters.Count < 2)
            return fewest;

        int telling = Math.Min(clusters.Count(c => c.Hits > 0), clusters.Count(c => c.Hits < c.Trials));
        double squares = clusters.Sum(c => Square(c.Hits - (rate * c.Trials)));
        double variance = clusters.Count / (clusters.Count - 1.0) * squares / (trials * trials);
        double tail = (1 - confidence) / 2;
        double adjustment = Square(StudentT.Quantile(tail, trials - 1) / StudentT.Quantile(tail, Math.Min(clusters.Count - 1, telling)));

        // Clusters that differ less than by chance are no more than independent trials; the variance may even come out as 0.
        return variance == 0 ? trials : Math.Clamp(rate * (1 - rate) / variance * adjustment, fewest, trials);
    }

    private static double Square(double value) => value * value;

    private static void Check(IReadOnlyList<ClusterCount> clusters)
    {
        if (clusters.Count == 0 || clusters.Any(c => c.Trials < 1 || c.Hits < 0 || c.Hits > c.Trials))
            throw new ArgumentException("A clustered rate needs clusters of at least one trial, and hits up to their trials.", nameof(clusters));
    }
}
