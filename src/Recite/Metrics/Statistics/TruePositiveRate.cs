namespace Recite.Metrics.Statistics;

/// <summary>
/// The share of members above a threshold that few non-members pass (Carlini et al. 2022), read from the conservative side: the threshold
/// is the j-th largest score of the n non-members with j = floor(rate * (n + 1)), and only scores strictly above it count. One more
/// non-member drawn like these passes it with chance at most j / (n + 1), so never more often than was asked for (conformal, Vovk et al.
/// 2005); where scores are tied with the threshold, none of them passes.
/// </summary>
/// <remarks>
/// Worked example: non-members 1 to 100 and a rate of 1 %: j = 1, the threshold is 100, and of the members 99, 100, 101 one passes.
/// With fewer than 1 / rate non-members the threshold would lie beyond all of them, where nothing is known, and there is no figure.
/// </remarks>
/// <param name="FalsePositiveRate">What was asked for.</param>
/// <param name="Threshold">The score that members have to pass.</param>
/// <param name="Hits">Members above it.</param>
/// <param name="Members">Members in all.</param>
/// <param name="Interval">Clopper-Pearson interval of the share of members, at this threshold.</param>
/// <param name="FalsePositives">Non-members above it.</param>
/// <param name="FalsePositiveRateHigh">Upper end of the two-sided Clopper-Pearson interval of the share of non-members above it.</param>
public sealed record TruePositiveRate(
    double FalsePositiveRate,
    double Threshold,
    int Hits,
    int Members,
    Interval Interval,
    int FalsePositives,
    double FalsePositiveRateHigh)
{
    /// <summary>The share of members above the threshold.</summary>
    public double Rate => (double)Hits / Members;

    /// <summary>The fewest non-members from which a threshold for this rate can be read.</summary>
    public static int FewestNonMembers(double falsePositiveRate) => (int)Math.Ceiling((1 / falsePositiveRate) - 1e-9);

    /// <summary>Reads it; <see langword="null"/> where the non-members are too few. Larger scores speak for membership.</summary>
    /// <exception cref="ArgumentException">There are no members, or a score is no number.</exception>
    public static TruePositiveRate? Read(IReadOnlyList<double> members, IReadOnlyList<double> nonMembers, double falsePositiveRate, double confidence)
    {
        if (!(falsePositiveRate is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(falsePositiveRate), falsePositiveRate, "A false positive rate lies strictly between 0 and 1.");
        if (members.Count == 0 || members.Concat(nonMembers).Any(double.IsNaN))
            throw new ArgumentException("A true positive rate needs members, and scores that are numbers.", nameof(members));
        if (nonMembers.Count < FewestNonMembers(falsePositiveRate))
            return null;

        // The slack is for products such as 0.01 * 200, which may come out just below the whole number they are.
        int rank = (int)Math.Floor((falsePositiveRate * (nonMembers.Count + 1)) + 1e-9);
        double threshold = nonMembers.OrderDescending().ElementAt(rank - 1);
        int hits = members.Count(score => score > threshold);
        int passed = nonMembers.Count(score => score > threshold);
        return new TruePositiveRate(
            falsePositiveRate,
            threshold,
            hits,
            members.Count,
            ClopperPearson.TwoSided(hits, members.Count, confidence),
            passed,
            ClopperPearson.TwoSided(passed, nonMembers.Count, confidence).High);
    }
}
