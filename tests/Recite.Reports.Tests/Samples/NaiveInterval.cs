namespace Recite.Reports.Tests.Samples;

/// <summary>Clopper-Pearson by its definition, sums and bisection; slow, and an oracle for nothing but small counts.</summary>
internal static class NaiveInterval
{
    public static (double Low, double High) Of(int hits, int trials, double confidence)
    {
        double tail = (1 - confidence) / 2;
        double low = hits == 0 ? 0 : Bisect(p => AtLeast(hits, trials, p) < tail);
        double high = hits == trials ? 1 : Bisect(p => AtLeast(hits + 1, trials, p) < 1 - tail);
        return (Math.Round(low, 6), Math.Round(high, 6));
    }

    private static double Bisect(Func<double, bool> isBelow)
    {
        double low = 0, high = 1;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            if (isBelow(middle))
                low = middle;
            else
                high = middle;
        }

        return low;
    }

    private static double AtLeast(int hits, int trials, double p)
    {
        double logTerm = trials * Math.Log(1 - p);
        double sum = 0;
        for (int k = 0; k <= trials; k++)
        {
            if (k >= hits)
                sum += Math.Exp(logTerm);
            logTerm += Math.Log((double)(trials - k) / (k + 1)) + Math.Log(p) - Math.Log(1 - p);
        }

        return sum;
    }
}
