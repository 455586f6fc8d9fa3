namespace Recite.Metrics.Statistics;

/// <summary>
/// Logarithms near 1 and exponentials near 0 to full precision, after Kahan (as given by Higham, Accuracy and Stability of Numerical
/// Algorithms, 2002, section 1.14.1). <see cref="double.LogP1"/> and <see cref="double.ExpM1"/> add and subtract 1 as they stand, and
/// lose everything below 1e-16.
/// </summary>
public static class SmallLogarithms
{
    /// <summary>log(1 + x), also where x is tiny.</summary>
    public static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        if (sum == 1)
            return x;
        return sum <= 0 || double.IsInfinity(sum) ? Math.Log(sum) : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>exp(x) - 1, also where x is tiny.</summary>
    public static double ExpMinusOne(double x)
    {
        double power = Math.Exp(x);
        if (power == 1)
            return x;
        double difference = power - 1;
        return difference == -1 || double.IsInfinity(power) ? difference : difference * (x / Math.Log(power));
    }

    /// <summary>log(1 - e^x) for x of at most 0: the logarithm of what is left of a probability given as its logarithm.</summary>
    public static double LogOneMinusExp(double x) => x > -Math.Log(2) ? Math.Log(-ExpMinusOne(x)) : LogOnePlus(-Math.Exp(x));
}
