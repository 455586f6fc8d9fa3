namespace Recite.Metrics.Statistics;

/// <summary>
/// A ratio of two sums over independent items, with the interval of its linearization (Cochran 1977, Sampling Techniques, 6.3): the variance
/// of what each item's numerator is off the ratio times its denominator, and Student's t of n - 1.
/// </summary>
/// <remarks>Worked example: (2, 1), (4, 1), (6, 2) give 12 / 4 = 3; the residuals are -1, 1, 0, so the standard error is sqrt(3 / 2 * 2) / 4 = 0.4330.</remarks>
/// <param name="Value">The ratio.</param>
/// <param name="Interval">Where it lies.</param>
public sealed record RatioEstimate(double Value, Interval Interval)
{
    /// <summary>The <c>method</c> that its intervals carry.</summary>
    public const string Method = "ratio of sums, linearized, t";

    /// <summary>Estimates from one numerator and one denominator for each item; <see langword="null"/> below two items.</summary>
    /// <exception cref="ArgumentException">The lists differ in length, or the denominators do not sum to more than 0.</exception>
    public static RatioEstimate? Of(IReadOnlyList<double> numerators, IReadOnlyList<double> denominators, double confidence)
    {
        if (numerators.Count != denominators.Count)
            throw new ArgumentException("Every item has a numerator and a denominator.", nameof(denominators));
        int n = numerators.Count;
        if (n < 2)
            return null;
        double below = denominators.Sum();
        if (!(below > 0))
            throw new ArgumentException("The denominators sum to more than 0.", nameof(denominators));

        double ratio = numerators.Sum() / below;
        double squares = numerators.Zip(denominators, (a, b) => a - (ratio * b)).Sum(residual => residual * residual);
        double width = StudentT.Quantile((1 + confidence) / 2, n - 1) * Math.Sqrt(n / (n - 1.0) * squares) / below;
        return new RatioEstimate(ratio, new Interval(ratio - width, ratio + width, confidence, Method));
    }
}
