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

    /// <summary>What the verdict of a gate means.</summary>
    public static string Meaning(GateResult gate)
    {
        string judged = gate is { Low: not null, High: not null } ? "The whole interval" : "The value";
        return gate.Verdict switch
        {
            "pass" => $"{judged} keeps the limit.",
            "fail" => $"{judged} breaks the limit.",
            "inconclusive" when gate.Value is null => "Nothing was measured that it could be judged on.",
            "inconclusive" => "The interval holds the limit: more samples are needed.",
            _ => "",
        };
    }
}
