namespace Recite.Metrics.Statistics;

/// <summary>How much has not been found yet, from how often the found was found.</summary>
public static class UnseenSpecies
{
    /// <summary>
    /// The missing mass: the share of further finds that will be new. Good (1953), "The population frequencies of species and the
    /// estimation of population parameters", after Turing: f_1 over all finds. Worked example: 3 species once and 1 twice: 3/5 = 0.6.
    /// </summary>
    public static double MissingMass(SpeciesCounts counts) => counts.Finds == 0 ? 1 : (double)counts[1] / counts.Finds;

    /// <summary>
    /// New species in <paramref name="more"/> times as many further completions, for at most as many again: Good and Toulmin (1956), "The
    /// number of new species, and the increase in population coverage, when a sample is increased": the sum of -(-t)^r f_r.
    /// Worked example: 3 species once and 1 twice: as many again give 3 - 1 = 2, half as many 1.5 - 0.25 = 1.25.
    /// </summary>
    public static double GoodToulmin(SpeciesCounts counts, double more)
    {
        if (!(more is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(more), more, "The series holds for up to as many completions again; beyond, it has to be smoothed.");
        return Sum(counts, more, _ => 1);
    }

    /// <summary>
    /// The same beyond as many again, an extrapolation: the series is cut at a random place, binomial with k = log3(n t^2 / (t - 1)) / 2
    /// trials of chance 2 / (2 + t) (Efron and Thisted 1976, "Estimating the number of unseen species"; Orlitsky, Suresh and Wu 2016,
    /// "Optimal prediction of the number of unseen species"). Worked example: 20 completions, 3 species once and 1 twice, four times as
    /// many further ones: k = 2, P(L >= 1) = 5/9, P(L >= 2) = 1/9: 4 x 3 x 5/9 - 16 x 1 x 1/9 = 4.8889.
    /// </summary>
    public static double Smoothed(SpeciesCounts counts, double more)
    {
        if (!(more > 1) || double.IsInfinity(more))
            throw new ArgumentOutOfRangeException(nameof(more), more, "Up to as many completions again, the series needs no smoothing.");
        int trials = (int)Math.Max(1, Math.Floor(0.5 * Math.Log(counts.Completions * more * more / (more - 1), 3)));
        double chance = 2 / (2 + more);
        return Sum(counts, more, r => r > trials ? 0 : IncompleteBeta.Regularized(chance, r, trials - r + 1));
    }

    /// <summary>
    /// At least so many species there are in all: Chao (1987), "Estimating the population size for capture-recapture data with unequal
    /// catchability", for finds in completions, with the bias correction that holds without a species found twice.
    /// Worked example: 10 completions, 3 species once and 1 twice: 4 + 9/10 x 3 x 2 / (2 x 2) = 5.35.
    /// </summary>
    public static double AtLeast(SpeciesCounts counts)
    {
        double once = counts[1];
        double share = counts.Completions == 0 ? 0 : (counts.Completions - 1.0) / counts.Completions;
        return counts.Found + (share * once * (once - 1) / (2 * (counts[2] + 1.0)));
    }

    private static double Sum(SpeciesCounts counts, double more, Func<int, double> weight)
    {
        double sum = 0, power = 1;
        for (int times = 1; times <= counts.MostOften; times++)
        {
            power *= -more;
            double share = weight(times);

            // Powers beyond the smoothing overflow, and count for nothing.
            if (share == 0)
                break;
            sum -= power * counts[times] * share;
        }

        return sum;
    }
}
