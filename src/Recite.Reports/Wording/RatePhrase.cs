using Recite.Metrics.Statistics;
using Recite.Reporting;

namespace Recite.Reports.Wording;

/// <summary>How a rate is spelled: never a percentage without its n.</summary>
internal static class RatePhrase
{
    /// <summary>What a cell shows where nothing was measured.</summary>
    public const string NotMeasured = "not measured";

    /// <summary><c>23 of 24</c>.</summary>
    public static string Count(Rate rate) => $"{Phrases.Count(rate.Hits)} of {Phrases.Count(rate.Trials)}";

    /// <summary><c>95.8 %</c>, or that nothing was measured.</summary>
    public static string Value(Rate rate) => rate.Value is { } value ? Phrases.Percent(value) : NotMeasured;

    /// <summary><c>78.9 to 99.9 %</c>, or a dash.</summary>
    public static string Interval(Rate rate) => rate is { Low: { } low, High: { } high } ? Phrases.Interval(low, high) : "–";

    /// <summary><c>95 % interval 78.9 to 99.9 %</c>.</summary>
    public static string NamedInterval(Rate rate) => $"{Phrases.Level(rate.Confidence)} interval {Interval(rate)}";

    /// <summary>Whether the estimate weights strata and so is not hits over trials; the slack is for reports that round to six decimals.</summary>
    public static bool IsWeighted(Rate rate) =>
        rate is { Value: { } value, Trials: > 0 } && Math.Abs(value - ((double)rate.Hits / rate.Trials)) > 1e-6;

    /// <summary>
    /// What finding nothing excludes, one-sided: <c>less than 0.6 %</c> (1 - (1 - confidence)^(1/n): 59 trials exclude 5 %, 299 exclude 1 %).
    /// <see langword="null"/> with a hit, and for weighted rates, whose trials do not count alike.
    /// </summary>
    public static string? Excluded(Rate rate) =>
        rate is { Hits: 0, Trials: > 0 } && rate.Method.StartsWith(ClopperPearson.Method, StringComparison.Ordinal)
            ? $"less than {Phrases.PercentUp(ClopperPearson.SmallestExcluded(rate.Trials, rate.Confidence))}"
            : null;
}
