namespace Recite.Models.Tests.Onnx;

/// <summary>Pearson's test of counts against what was expected.</summary>
internal static class ChiSquare
{
    // Upper 0.1 % point of the standard normal distribution.
    private const double Quantile = 3.0902;

    /// <summary>Whether the counts are within the 99.9 % point; cells below 5 expected are pooled.</summary>
    public static bool IsPlausible(double[] observed, double[] expected)
    {
        var cells = new List<(double Observed, double Expected)>();
        (double Observed, double Expected) pooled = (0, 0);
        foreach ((double o, double e) in observed.Zip(expected))
        {
            if (e >= 5) cells.Add((o, e));
            else pooled = (pooled.Observed + o, pooled.Expected + e);
        }

        if (pooled.Expected >= 5) cells.Add(pooled);
        else if (cells.Count > 0) cells[^1] = (cells[^1].Observed + pooled.Observed, cells[^1].Expected + pooled.Expected);
        Assert.True(cells.Count > 1, "One cell proves nothing.");
        double statistic = cells.Sum(cell => (cell.Observed - cell.Expected) * (cell.Observed - cell.Expected) / cell.Expected);

        // Wilson and Hilferty 1931.
        double freedom = cells.Count - 1;
        double root = 1 - 2 / (9 * freedom) + Quantile * Math.Sqrt(2 / (9 * freedom));
        return statistic <= freedom * root * root * root;
    }
}
