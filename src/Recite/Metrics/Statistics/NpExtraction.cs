namespace Recite.Metrics.Statistics;

/// <summary>
/// (n,p)-discoverable extraction (Hayes et al. 2024, "Measuring memorization through probabilistic discoverable extraction"): a text is
/// extractable when n samples give it at least once with probability p, that is n = ceil(log(1 - p) / log(1 - p_z)) for a probability
/// p_z of one sample (M2). All in logarithms: p_z may be far below what a double can hold.
/// </summary>
/// <remarks>Worked example: p_z = 0.01 and p = 0.5 need 69 samples, p = 0.9 needs 230; p_z = 1 needs one.</remarks>
public static class NpExtraction
{
    // What is a rounding error above a whole number of samples needs no further one.
    private const double RoundingShare = 1e-12;

    /// <summary>
    /// The samples needed, at least 1; positive infinity where the text is unreachable (<paramref name="logProbability"/> negative
    /// infinity) or where the number is beyond a double.
    /// </summary>
    /// <param name="logProbability">Natural logarithm of p_z, at most 0.</param>
    /// <param name="p">Probability of at least one success, strictly between 0 and 1.</param>
    public static double Tries(double logProbability, double p)
    {
        double tries = Math.Exp(LogTries(logProbability, p));
        return Math.Max(1, Math.Ceiling(tries * (1 - RoundingShare)));
    }

    /// <summary>
    /// Natural logarithm of log(1 - p) / log(1 - p_z), not rounded up; negative infinity where p_z is 1, positive where it is 0.
    /// </summary>
    public static double LogTries(double logProbability, double p)
    {
        Check(logProbability, p);
        double logWanted = Math.Log(-SmallLogarithms.LogOnePlus(-p));

        // Below e^-40, -log(1 - p_z) is p_z to the last bit, and p_z itself may not fit into a double.
        return logProbability < -40
            ? logWanted - logProbability
            : logWanted - Math.Log(-SmallLogarithms.LogOneMinusExp(logProbability));
    }

    /// <summary>Whether <paramref name="tries"/> samples give the text at least once with probability <paramref name="p"/>.</summary>
    public static bool IsExtractable(double logProbability, double tries, double p) => Tries(logProbability, p) <= tries;

    /// <summary>
    /// Tries that give the text with probability one half (M9): log10 of ln 0.5 / ln(1 - p_z), at least 0 since nothing comes back before
    /// it is asked for. Positive infinity where the text is unreachable.
    /// </summary>
    public static double Log10TriesToHalf(double logProbability) => Math.Max(0, LogTries(logProbability, 0.5) / Math.Log(10));

    private static void Check(double logProbability, double p)
    {
        if (!(logProbability <= 0))
            throw new ArgumentOutOfRangeException(nameof(logProbability), logProbability, "The logarithm of a probability is at most 0.");
        if (!(p is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "The probability of success lies strictly between 0 and 1.");
    }
}
