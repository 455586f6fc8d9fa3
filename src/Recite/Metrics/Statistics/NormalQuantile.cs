namespace Recite.Metrics.Statistics;

/// <summary>
/// Quantiles of the standard normal distribution, by bisection on its distribution function in the power series of the NIST Digital
/// Library of Mathematical Functions, 7.6.2.
/// </summary>
/// <remarks>Worked example: 97.5 % lie below 1.959964.</remarks>
public static class NormalQuantile
{
    private const double Largest = 8;

    /// <summary>The z with P(Z &lt;= z) = <paramref name="probability"/>, which lies strictly between 1e-14 and 1 - 1e-14.</summary>
    public static double Of(double probability)
    {
        if (!(probability is > 1e-14 and < 1 - 1e-14))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A quantile is asked for a probability strictly between 0 and 1.");
        double low = -Largest, high = Largest;
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            if (Below(middle) < probability)
                low = middle;
            else
                high = middle;
        }

        return high;
    }

    /// <summary>How many standard errors a two-sided interval reaches to either side, for instance 1.96 at 0.95.</summary>
    public static double TwoSided(double confidence) => Of(1 - ((1 - confidence) / 2));

    // 1/2 + density * (z + z^3/3 + z^5/(3*5) + ...)
    private static double Below(double z)
    {
        double term = Math.Abs(z), sum = term;
        for (int i = 3; term > sum * 1e-17; i += 2)
        {
            term *= z * z / i;
            sum += term;
        }

        return 0.5 + (Math.Sign(z) * sum * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI));
    }
}
