using Recite.Reporting;

namespace Recite.Reports.Wording;

/// <summary>What a group of rates shows once it is held against its controls; the later, the stronger.</summary>
public enum Judgement
{
    /// <summary>No trial.</summary>
    NothingMeasured,

    /// <summary>There is a rate and nothing to hold it against, so nothing is concluded.</summary>
    NoControl,

    /// <summary>Trials and controls, and no hit.</summary>
    NothingFound,

    /// <summary>Hits, and intervals that overlap those of the controls.</summary>
    WithinControls,

    /// <summary>At least one stratum's interval lies above every control; the headline's does not.</summary>
    AboveControlsInStrata,

    /// <summary>The headline's interval lies above every control.</summary>
    AboveControls,
}

/// <summary>Holds rates against controls: above means that the low end of the one is higher than the high end of every other.</summary>
/// <remarks>Intervals that do not touch are a stricter test than a difference at the same confidence, which pays for looking at several strata.</remarks>
internal static class Judging
{
    /// <summary>The judgement of a group.</summary>
    public static Judgement Judge(RateGroup group)
    {
        if (group.Trials == 0)
            return Judgement.NothingMeasured;
        if (!group.MeasuredControls.Any())
            return Judgement.NoControl;
        if (group.Hits == 0)
            return Judgement.NothingFound;
        if (group.Headline is { } headline && IsAboveControls(group, headline))
            return Judgement.AboveControls;
        return group.Strata.Any(s => IsAboveControls(group, s)) ? Judgement.AboveControlsInStrata : Judgement.WithinControls;
    }

    /// <summary>Whether a rate's interval lies above its controls; false without any.</summary>
    public static bool IsAboveControls(RateGroup group, Rate rate)
    {
        double? highest = group.ControlsOf(rate).Max(c => c.High);
        return highest is { } high && rate.Low is { } low && low > high;
    }
}
