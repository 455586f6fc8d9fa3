namespace Recite.Metrics.Statistics;

/// <summary>
/// The distribution of Student (1908), "The probable error of a mean", through the incomplete beta function (NIST Digital Library of
/// Mathematical Functions, 8.17): P(|T| > t) = I_x(v/2, 1/2) with x = v / (v + t^2).
/// </summary>
/// <remarks>Worked example: with 10 degrees of freedom the upper 2.5 % begin at 2.228139.</remarks>
public static class StudentT
{
    /// <summary>P(T &lt;= t) with <paramref name="degrees"/> of freedom, any positive number.</summary>
    public static double Distribution(double t, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degrees);
        if (double.IsNaN(t))
            throw new ArgumentOutOfRangeException(nameof(t), t, "A quantile is a number.");
        double tail = IncompleteBeta.Regularized(degrees / (degrees + (t * t)), degrees / 2, 0.5) / 2;
        return t > 0 ? 1 - tail : tail;
    }

    /// <summary>The t that T stays below with <paramref name="probability"/>, strictly between 0 and 1.</summary>
    public static double Quantile(double probability, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degrees);
        if (!(probability is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies strictly between 0 and 1.");
        double tail = Math.Min(probability, 1 - probability);
        if (tail == 0.5)
            return 0;

        // Upper tail of |t|, by doubling and then halving: it falls from 1/2 to 0.
        double low = 0, high = 1;
        while (1 - Distribution(high, degrees) > tail && high < 1e150)
            (low, high) = (high, 2 * high);
        while (true)
        {
            double middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
                return probability < 0.5 ? -high : high;
            if (Distribution(-middle, degrees) > tail)
                low = middle;
            else
                high = middle;
        }
    }
}
