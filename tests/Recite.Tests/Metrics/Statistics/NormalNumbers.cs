using Recite.Probes;

namespace Recite.Tests.Metrics.Statistics;

/// <summary>Uniform, normal and beta-distributed numbers from a recorded random seed.</summary>
internal sealed class NormalNumbers(SeededRandom random)
{
    public double Uniform() => (random.Next() >> 11) * (1.0 / (1UL << 53));

    // Box and Muller (1958).
    public double Next() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    public double Beta(double a, double b)
    {
        double x = Gamma(a);
        return x / (x + Gamma(b));
    }

    // Marsaglia and Tsang (2000).
    private double Gamma(double shape)
    {
        if (shape < 1)
            return Gamma(shape + 1) * Math.Pow(1 - Uniform(), 1 / shape);
        double d = shape - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double z = Next(), v = Math.Pow(1 + (c * z), 3);
            if (v > 0 && Math.Log(1 - Uniform()) < (z * z / 2) + d - (d * v) + (d * Math.Log(v)))
                return Math.Max(d * v, double.Epsilon);
        }
    }
}
