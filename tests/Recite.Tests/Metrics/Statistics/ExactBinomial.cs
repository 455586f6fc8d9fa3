using System.Numerics;

namespace Recite.Tests.Metrics.Statistics;

/// <summary>Naive oracle: binomial tails as exact integer sums, for rates that are rational numbers.</summary>
internal static class ExactBinomial
{
    /// <summary>P(X &gt;= hits) for X ~ Binomial(trials, numerator / denominator), rounded once at the very end.</summary>
    public static double AtLeast(int hits, int trials, long numerator, long denominator)
    {
        BigInteger sum = 0;
        BigInteger choose = 1;
        for (int k = 0; k <= trials; k++)
        {
            if (k >= hits)
                sum += choose * BigInteger.Pow(numerator, k) * BigInteger.Pow(denominator - numerator, trials - k);
            choose = choose * (trials - k) / (k + 1);
        }

        return Quotient(sum, BigInteger.Pow(denominator, trials));
    }

    private static double Quotient(BigInteger numerator, BigInteger denominator)
    {
        const int Bits = 1000;
        return Math.ScaleB((double)((numerator << Bits) / denominator >> (Bits - 200)), -200);
    }
}
