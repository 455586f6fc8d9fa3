namespace Recite.Metrics.Statistics;

/// <summary>What came back of the texts of one level.</summary>
/// <param name="Exposures">How often each stood in training: copies times epochs; above 0.</param>
/// <param name="Hits">Texts that came back.</param>
/// <param name="Trials">Texts that were asked for.</param>
public readonly record struct DoseLevel(double Exposures, int Hits, int Trials);

/// <summary>
/// How many exposures a text needs to come back every second time: a logistic curve over log2(exposures) by maximum likelihood, with the
/// profile-likelihood interval (Finney 1971, Probit Analysis; Venzon and Moolgavkar 1988, "A method for computing profile-likelihood-based
/// confidence intervals"), which unlike the delta method may be open on a side.
/// </summary>
/// <remarks>
/// Where levels separate (nothing comes back below a level, everything above it) no curve is the most likely one (Albert and Anderson
/// 1984). Then only what exact binomial intervals of single levels say remains: the interval ends at the nearest level below that excludes
/// one half and at the nearest above, the neighbours where they hold texts enough.
/// Worked example: levels 1, 2, 4, 8 with 1, 3, 6, 9 of 10: exposures-50 = 3.056 with [2.029, 4.701] at 95 %.
/// </remarks>
/// <param name="Exposures50">The estimate; <see langword="null"/> where the levels allow none.</param>
/// <param name="Low">Lower end; <see langword="null"/> where the levels give none, so that any smaller number is possible.</param>
/// <param name="High">Upper end; <see langword="null"/> likewise for larger numbers.</param>
/// <param name="Slope">Rise of the log odds with each doubling of exposures; <see langword="null"/> where no curve was fitted.</param>
/// <param name="Confidence">Coverage of the interval.</param>
/// <param name="Method">How it was made, as reports print it.</param>
public sealed record DoseResponse(double? Exposures50, double? Low, double? High, double? Slope, double Confidence, string Method)
{
    /// <summary>The <c>method</c> of a fitted curve.</summary>
    public const string Profile = "logistic on log2(exposures), profile likelihood";

    /// <summary>The <c>method</c> where levels separate.</summary>
    public const string Separated = "levels separate: between the nearest levels that exclude one half";

    /// <summary>The <c>method</c> where more exposures do not bring back more.</summary>
    public const string Flat = "no rise with exposures: nothing can be said";

    /// <summary>Estimates from what came back at each level, in any order; levels without trials say nothing.</summary>
    /// <exception cref="ArgumentException">A level has no exposures, or more hits than trials.</exception>
    public static DoseResponse Estimate(IReadOnlyList<DoseLevel> levels, double confidence)
    {
        if (!(confidence is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies strictly between 0 and 1.");
        if (levels.Any(l => !(l.Exposures > 0) || double.IsInfinity(l.Exposures) || l.Hits < 0 || l.Hits > l.Trials))
            throw new ArgumentException("A level needs exposures above 0 and no more hits than trials.", nameof(levels));

        DoseLevel[] measured = [.. levels.Where(l => l.Trials > 0).OrderBy(l => l.Exposures)];
        DoseLevel[] withHit = [.. measured.Where(l => l.Hits > 0)];
        DoseLevel[] withMiss = [.. measured.Where(l => l.Hits < l.Trials)];
        if (withHit.Length == 0 || withMiss.Length == 0)
            return FromLevels(measured, null, confidence);

        double leastHit = withHit[0].Exposures, mostMissed = withMiss[^1].Exposures;
        if (leastHit >= mostMissed)
        {
            // Flat data of a single level overlap in no direction: that level says nothing of others.
            return withHit[^1].Exposures == withMiss[0].Exposures
                ? FromLevels(measured, null, confidence)
                : FromLevels(measured, Math.Sqrt(leastHit * mostMissed), confidence);
        }

        var curve = new LogisticCurve(measured);
        if (withHit[^1].Exposures <= withMiss[0].Exposures || curve.Fit() is not { Slope: > 0 } fit)
            return new DoseResponse(null, null, null, null, confidence, Flat);

        double allowed = Math.Pow(NormalTail.TwoSided(confidence), 2) / 2;
        double? low = curve.FindEnd(fit, allowed, -1), high = curve.FindEnd(fit, allowed, 1);
        return new DoseResponse(
            Math.Pow(2, fit.Middle),
            low is null ? null : Math.Pow(2, low.Value),
            high is null ? null : Math.Pow(2, high.Value),
            fit.Slope,
            confidence,
            Profile);
    }

    private static DoseResponse FromLevels(DoseLevel[] levels, double? estimate, double confidence)
    {
        double? low = null, high = null;
        foreach (DoseLevel level in levels)
        {
            Interval interval = ClopperPearson.TwoSided(level.Hits, level.Trials, confidence);
            if (interval.High < 0.5)
                low = level.Exposures;
            if (interval.Low > 0.5)
                high ??= level.Exposures;
        }

        return new DoseResponse(estimate, low, high, null, confidence, Separated);
    }
}
