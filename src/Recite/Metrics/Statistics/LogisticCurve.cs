namespace Recite.Metrics.Statistics;

/// <summary>
/// The likelihood of a logistic curve, log odds = slope (log2(exposures) - middle), given what came back at each level. Both maximizations
/// are of concave functions, by Newton's method with halved steps; they end because the levels overlap, which the caller has checked.
/// </summary>
internal sealed class LogisticCurve(IReadOnlyList<DoseLevel> levels)
{
    private const int MostSteps = 200;
    private const double Close = 1e-12;

    // Beyond 2^64 times the estimate an end says nothing any more: it is open.
    private const double Farthest = 64;

    private readonly (double X, double Hits, double Trials)[] _levels = [.. levels.Select(l => (Math.Log2(l.Exposures), (double)l.Hits, (double)l.Trials))];

    /// <summary>A curve with its log likelihood.</summary>
    public sealed record Fitted(double Middle, double Slope, double LogLikelihood);

    /// <summary>The most likely curve; <see langword="null"/> where it is flat.</summary>
    public Fitted? Fit()
    {
        double center = _levels.Average(l => l.X);
        double intercept = 0, slope = 0, likelihood = LogLikelihood(0, 0, center);
        for (int step = 0; step < MostSteps; step++)
        {
            double g0 = 0, g1 = 0, h00 = 0, h01 = 0, h11 = 0;
            foreach ((double x, double hits, double trials) in _levels)
            {
                double p = Chance(intercept + (slope * (x - center))), weight = trials * p * (1 - p);
                (g0, g1) = (g0 + hits - (trials * p), g1 + ((hits - (trials * p)) * (x - center)));
                (h00, h01, h11) = (h00 + weight, h01 + (weight * (x - center)), h11 + (weight * (x - center) * (x - center)));
            }

            double determinant = (h00 * h11) - (h01 * h01);
            if (determinant <= 0)
                break;
            double d0 = ((h11 * g0) - (h01 * g1)) / determinant, d1 = ((h00 * g1) - (h01 * g0)) / determinant;
            double size = 1, next;
            while ((next = LogLikelihood(intercept + (size * d0), slope + (size * d1), center)) < likelihood && size > Close)
                size /= 2;
            if (next < likelihood)
                break;
            (intercept, slope) = (intercept + (size * d0), slope + (size * d1));
            bool done = next - likelihood < Close;
            likelihood = next;
            if (done)
                break;
        }

        return Math.Abs(slope) < Close ? null : new Fitted(center - (intercept / slope), slope, likelihood);
    }

    /// <summary>
    /// How far from the fitted middle, in the direction of <paramref name="sign"/>, the best curve loses <paramref name="allowed"/> of log
    /// likelihood; <see langword="null"/> where none loses that much.
    /// </summary>
    public double? FindEnd(Fitted fit, double allowed, int sign)
    {
        double near = 0, far = 0.125;
        while (fit.LogLikelihood - BestAt(fit.Middle + (sign * far)) < allowed)
        {
            (near, far) = (far, 2 * far);
            if (far > Farthest)
                return null;
        }

        while (far - near > 1e-9)
        {
            double middle = (near + far) / 2;
            if (fit.LogLikelihood - BestAt(fit.Middle + (sign * middle)) < allowed)
                near = middle;
            else
                far = middle;
        }

        return fit.Middle + (sign * far);
    }

    // The best rising curve through one half at this middle.
    private double BestAt(double middle)
    {
        double slope = 0, likelihood = LogLikelihood(0, 0, middle);
        for (int step = 0; step < MostSteps; step++)
        {
            double gradient = 0, curvature = 0;
            foreach ((double x, double hits, double trials) in _levels)
            {
                double p = Chance(slope * (x - middle));
                gradient += (hits - (trials * p)) * (x - middle);
                curvature += trials * p * (1 - p) * (x - middle) * (x - middle);
            }

            if (curvature <= 0)
                break;
            double change = gradient / curvature, size = 1, next;
            while ((next = LogLikelihood(0, Math.Max(0, slope + (size * change)), middle)) < likelihood && size > Close)
                size /= 2;
            if (next < likelihood)
                break;
            slope = Math.Max(0, slope + (size * change));
            bool done = next - likelihood < Close;
            likelihood = next;
            if (done)
                break;
        }

        return likelihood;
    }

    private double LogLikelihood(double intercept, double slope, double center)
    {
        double sum = 0;
        foreach ((double x, double hits, double trials) in _levels)
        {
            double odds = intercept + (slope * (x - center));
            sum -= (hits * SoftPlus(-odds)) + ((trials - hits) * SoftPlus(odds));
        }

        return sum;
    }

    // ln(1 + e^x) without overflow.
    private static double SoftPlus(double x) => Math.Max(x, 0) + SmallLogarithms.LogOnePlus(Math.Exp(-Math.Abs(x)));

    private static double Chance(double odds) => 1 / (1 + Math.Exp(-odds));
}
