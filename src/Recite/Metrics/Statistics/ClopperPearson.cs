namespace Recite.Metrics.Statistics;

/// <summary>
/// The exact binomial interval of Clopper and Pearson (1934): the rates that the observed count does not reject at
/// (1 - confidence) / 2 on either side. It covers the true rate at least as often as it says, for every rate and number of trials.
/// </summary>
/// <remarks>Worked example: 2 hits in 10 trials at 95 %: [0.02521, 0.55610].</remarks>
public static class ClopperPearson
{
    /// <summary>The <c>method</c> that rates carry.</summary>
    public const string Method = "clopper-pearson";

    /// <summary>The two-sided interval.</summary>
    /// <param name="hits">Successes, at most <paramref name="trials"/>.</param>
    /// <param name="trials">Independent trials, at least one.</param>
    /// <param name="confidence">Coverage, strictly between 0 and 1.</param>
    public static Interval TwoSided(int hits, int trials, double confidence)
    {
        Check(trials, confidence);
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, trials);
        return Fractional(hits, trials, confidence);
    }

    /// <summary>The same for numbers of trials that are no whole ones, as effective numbers are.</summary>
    internal static Interval Fractional(double hits, double trials, double confidence)
    {
        double tail = (1 - confidence) / 2;
        return new Interval(Lower(hits, trials, tail), Upper(hits, trials, tail), confidence, Method);
    }

    /// <summary>
    /// The smallest rate that no hit in <paramref name="trials"/> trials excludes, one-sided: 1 - (1 - confidence)^(1/trials).
    /// Worked example: 59 trials exclude 5 % at 95 % confidence, 299 exclude 1 %.
    /// </summary>
    public static double SmallestExcluded(int trials, double confidence)
    {
        Check(trials, confidence);
        return -SmallLogarithms.ExpMinusOne(Math.Log(1 - confidence) / trials);
    }

    // P(X >= hits | low) = tail; I_p(k, n - k + 1) is that probability.
    private static double Lower(double hits, double trials, double tail)
    {
        if (hits == 0)
            return 0;
        if (hits == trials)
            return Math.Pow(tail, 1.0 / trials);
        return Solve(p => IncompleteBeta.Regularized(p, hits, trials - hits + 1), tail);
    }

    // P(X <= hits | high) = tail, that is P(X >= hits + 1 | high) = 1 - tail.
    private static double Upper(double hits, double trials, double tail)
    {
        if (hits == trials)
            return 1;
        if (hits == 0)
            return -SmallLogarithms.ExpMinusOne(Math.Log(tail) / trials);
        return Solve(p => IncompleteBeta.Regularized(p, hits + 1, trials - hits), 1 - tail);
    }

    // Bisection: the function is monotone, and 200 halvings end at neighbouring doubles whatever its slope.
    private static double Solve(Func<double, double> increasing, double value)
    {
        double low = 0, high = 1;
        for (int i = 0; i < 200 && high - low > 0; i++)
        {
            double middle = low + ((high - low) / 2);
            if (middle == low || middle == high)
                break;
            if (increasing(middle) < value)
                low = middle;
            else
                high = middle;
        }

        return high;
    }

    private static void Check(int trials, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        if (!(confidence is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies strictly between 0 and 1.");
    }
}
