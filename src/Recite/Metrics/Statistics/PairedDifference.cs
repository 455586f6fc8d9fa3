namespace Recite.Metrics.Statistics;

/// <summary>
/// Two yes-or-no measurements of the same samples, compared pair by pair. The p-value is McNemar's test in its exact form
/// (McNemar 1947; a two-sided binomial test on the discordant pairs). The interval on the difference is the difference of two exact
/// intervals at Bonferroni-adjusted confidence: conservative, and valid for small counts.
/// </summary>
/// <remarks>Worked example: 20 pairs, 6 hits only in the first and none only in the second: difference 0.3, p = 2 / 2^6 = 0.03125.</remarks>
/// <param name="Pairs">Samples measured twice.</param>
/// <param name="OnlyFirst">Hits of the first measurement that the second does not share.</param>
/// <param name="OnlySecond">The reverse.</param>
/// <param name="Difference">First rate minus second.</param>
/// <param name="Low">Lower end of the difference.</param>
/// <param name="High">Upper end.</param>
/// <param name="PValue">Of no difference, two-sided.</param>
public sealed record PairedDifference(int Pairs, int OnlyFirst, int OnlySecond, double Difference, double Low, double High, double PValue)
{
    /// <summary>Compares the counts; <paramref name="pairs"/> is at least one.</summary>
    public static PairedDifference Compare(int pairs, int onlyFirst, int onlySecond, double confidence)
    {
        double each = 1 - ((1 - confidence) / 2);
        Interval first = ClopperPearson.TwoSided(onlyFirst, pairs, each);
        Interval second = ClopperPearson.TwoSided(onlySecond, pairs, each);
        return new PairedDifference(
            pairs,
            onlyFirst,
            onlySecond,
            (double)(onlyFirst - onlySecond) / pairs,
            first.Low - second.High,
            first.High - second.Low,
            McNemar(onlyFirst, onlySecond));
    }

    // P(X >= larger) twice, for X ~ Binomial(discordant, 1/2); I_1/2(k, n - k + 1) is that tail.
    private static double McNemar(int onlyFirst, int onlySecond)
    {
        int discordant = onlyFirst + onlySecond;
        int larger = Math.Max(onlyFirst, onlySecond);
        return 2 * larger <= discordant
            ? 1
            : Math.Min(1, 2 * IncompleteBeta.Regularized(0.5, larger, discordant - larger + 1));
    }
}
