using Recite.Reporting;

namespace Recite.Reports.Wording;

/// <summary>How a gate is spelled.</summary>
internal static class GatePhrase
{
    /// <summary>The value it was judged on with its interval; rates as percentages, lengths as plain numbers.</summary>
    public static string Judged(GateResult gate)
    {
        if (gate.Value is not { } value)
            return RatePhrase.NotMeasured;
        bool isRate = gate.Expression.Contains("rate", StringComparison.Ordinal);
        string shown = isRate ? Phrases.Percent(value) : Phrases.Number(value);
        if (gate is not { Low: { } low, High: { } high })
            return shown;
        return isRate ? $"{shown} ({Phrases.Interval(low, high)})" : $"{shown} ({Phrases.Number(low)} to {Phrases.Number(high)})";
    }

    /// <summary>What a verdict means.</summary>
    public static string Meaning(string verdict) => verdict switch
    {
        "pass" => "The whole interval keeps the limit.",
        "fail" => "The whole interval breaks the limit.",
        "inconclusive" => "The interval holds the limit: more samples are needed.",
        _ => "",
    };
}
