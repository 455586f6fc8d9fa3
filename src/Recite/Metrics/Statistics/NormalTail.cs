namespace Recite.Metrics.Statistics;

/// <summary>
/// The tail of the standard normal distribution by the continued fraction of Laplace (NIST Digital Library of Mathematical Functions,
/// 7.9.1) beyond 3, and by its power series (7.6.2) below.
/// </summary>
/// <remarks>Worked example: 2.5 % lie above 1.959964.</remarks>
public static class NormalTail
{
    /// <summary>P(Z &gt; z).</summary>
    public static double Above(double z)
    {
        if (double.IsNaN(z))
            throw new ArgumentOutOfRangeException(nameof(z), z, "A quantile is a number.");
        if (z < 0)
            return 1 - Above(-z);
        double density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        return z < 3 ? 0.5 - (density * Series(z)) : density / Fraction(z);
    }

    /// <summary>The z above which <paramref name="tail"/> of the distribution lies, strictly between 0 and 1.</summary>
    public static double Quantile(double tail)
    {
        if (!(tail is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(tail), tail, "A probability lies strictly between 0 and 1.");
        double low = -40, high = 40;
        while (true)
        {
            double middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
                return high;
            if (Above(middle) > tail)
                low = middle;
            else
                high = middle;
        }
    }

    /// <summary>How many standard errors a two-sided interval reaches to either side, for instance 1.96 at 0.95.</summary>
    public static double TwoSided(double confidence) => Quantile((1 - confidence) / 2);

    // z + z^3/3 + z^5/(3*5) + ...
    private static double Series(double z)
    {
        double term = z, sum = z;
        for (int i = 3; term > sum * 1e-17; i += 2)
        {
            term *= z * z / i;
            sum += term;
        }

        return sum;
    }

    // z + 1/(z + 2/(z + 3/(z + ...))), from far enough back that the rest no longer shows.
    private static double Fraction(double z)
    {
        double value = z;
        for (int i = 200; i >= 1; i--)
            value = z + (i / value);
        return value;
    }
}
