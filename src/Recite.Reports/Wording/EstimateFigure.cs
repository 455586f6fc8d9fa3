using System.Globalization;
using System.Text.Json.Nodes;

namespace Recite.Reports.Wording;

/// <summary>The number of an estimate and its interval, in words.</summary>
/// <param name="Value">For instance <c>41.2 %</c>, <c>about 250 tries</c>, <c>3 of 20</c>.</param>
/// <param name="Interval">For instance <c>38.1 to 44.3 %</c>; a dash where there is none.</param>
public sealed record EstimateFigure(string Value, string Interval)
{
    private const string None = "–";

    private static readonly string[] s_shares = ["rate", "recall"];

    /// <summary>The figure of an entry of <c>estimates[]</c>.</summary>
    public static EstimateFigure Of(string name, JsonObject estimate)
    {
        if (estimate.Text("refused") is not null)
            return new EstimateFigure("refused", None);
        if (estimate.NotRunReason() is not null)
            return new EstimateFigure("not run", None);
        foreach (string field in s_shares)
        {
            if (estimate.Number(field) is { } share)
                return Ranged(estimate, Share(share) + Count(estimate), "low", "high", Share);
        }

        if (estimate.Number("difference") is { } difference)
            return Ranged(estimate, Signed(difference), "low", "high", Signed);
        if (estimate.Number("saving") is { } saving)
            return Ranged(estimate, $"{Phrases.Number(saving)}{Phrases.Gap}bits per character", "low", "high", Phrases.Number);
        if (estimate.Number("auc") is { } auc)
            return Ranged(estimate, $"AUC{Phrases.Gap}{Phrases.Number(auc)}", "low", "high", Phrases.Number);
        if (estimate.Number("value") is { } value)
            return Valued(estimate, value);
        if ((estimate.Number("log10Median") ?? estimate.Number("log10")) is { } log10)
            return Logarithmic(name, estimate, log10);
        return Counted(estimate);
    }

    private static EstimateFigure Valued(JsonObject estimate, double value)
    {
        string unit = estimate.Text("unit", 60) ?? "";

        // What is counted in things has no use for decimals.
        Func<double, string> show = unit.Length > 0 && Math.Abs(value) >= 10 ? number => Phrases.Number(Math.Round(number)) : Phrases.Number;
        return unit is "share" or "probability"
            ? Ranged(estimate, Share(value), "low", "high", Share)
            : Ranged(estimate, unit.Length == 0 ? show(value) : $"{show(value)}{Phrases.Gap}{unit}", "low", "high", show);
    }

    private static EstimateFigure Logarithmic(string name, JsonObject estimate, double log10) => IsTries(name)
        ? Ranged(estimate, Tries(Phrases.Power(log10)), "log10Low", "log10High", Phrases.Power)
        : Ranged(estimate, Phrases.OneIn(log10), "log10Low", "log10High", Phrases.OneIn);

    private static string Tries(string count) => $"about{Phrases.Gap}{count}{Phrases.Gap}{(count is "1" ? "try" : "tries")}";

    private static EstimateFigure Counted(JsonObject estimate)
    {
        if ((estimate.Number("trials") ?? estimate.Number("samples")) is { } trials
            && (estimate.Number("hits") ?? estimate.Number("unreachable")) is { } hits)
        {
            // A median that is absent is one that lies beyond any number of tries.
            return new EstimateFigure(Of(hits, trials) + (estimate.ContainsKey("log10Median") ? " out of reach" : ""), None);
        }

        if (estimate.Number("scored") is { } scored && estimate.Number("passes") is { } passes)
            return new EstimateFigure(Of(scored, passes), None);
        return estimate.Number("suppliedBitsMedian") is { } supplied && estimate.Number("askedForBitsMedian") is { } asked
            ? new EstimateFigure($"{Phrases.Number(Math.Round(supplied))}{Phrases.Gap}bits put in, {Phrases.Number(Math.Round(asked))} asked for (medians)", None)
            : new EstimateFigure(None, None);
    }

    private static EstimateFigure Ranged(JsonObject estimate, string value, string low, string high, Func<double, string> show)
    {
        string? range = (estimate.Number(low), estimate.Number(high)) switch
        {
            ({ } from, { } to) => $"{show(from)} to {show(to)}",
            ({ } from, null) => $"{show(from)} or more",
            (null, { } to) => $"up to {show(to)}",
            _ => null,
        };
        string confidence = estimate.Number("confidence") is { } level and > 0 and < 1 ? $" ({Phrases.Level(level)})" : "";
        return new EstimateFigure(value, range is null ? None : range + confidence);
    }

    private static string Count(JsonObject estimate) =>
        estimate.Number("hits") is { } hits && estimate.Number("trials") is { } trials ? $" ({Of(hits, trials)})" : "";

    private static string Of(double part, double whole) => $"{Phrases.Number(part)} of {Phrases.Number(whole)}";

    private static string Share(double share) => share is >= 0 and <= 1 ? Phrases.Percent(share) : share.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Signed(double share) => (share < 0 ? "−" : share > 0 ? "+" : "") + Share(Math.Abs(share));

    private static bool IsTries(string name) => name.Contains("tries", StringComparison.Ordinal) || name.Contains("n50", StringComparison.Ordinal);
}
