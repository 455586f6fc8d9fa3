namespace Recite.SelfTest.Rows;

/// <summary>Random numbers for the simulations of rows, from a recorded random seed and what they are for.</summary>
internal sealed class SimulatedNumbers(ulong seed, int stream)
{
    private readonly Random _random = new(unchecked((int)(seed ^ (seed >> 32)) + (stream * 7919)));

    public double Uniform() => _random.NextDouble();

    public int Below(int bound) => _random.Next(bound);

    /// <summary>Box and Muller (1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>The chance of a cluster whose trials agree with one another as <paramref name="correlation"/> says: beta-distributed about the rate.</summary>
    public double Chance(double rate, double correlation)
    {
        double strength = (1 - correlation) / correlation;
        double hit = Gamma(rate * strength);
        return hit / (hit + Gamma((1 - rate) * strength));
    }

    // Marsaglia and Tsang (2000); shapes below 1 are reached from the next higher one.
    private double Gamma(double shape)
    {
        if (shape < 1)
            return Math.Max(double.Epsilon, Gamma(shape + 1) * Math.Pow(1 - Uniform(), 1 / shape));
        double d = shape - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double z = Normal(), v = Math.Pow(1 + (c * z), 3);
            if (v > 0 && Math.Log(1 - Uniform()) < (z * z / 2) + d - (d * v) + (d * Math.Log(v)))
                return d * v;
        }
    }
}
