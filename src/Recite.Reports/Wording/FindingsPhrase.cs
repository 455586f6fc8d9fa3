using Recite.Evidence;

namespace Recite.Reports.Wording;

/// <summary>How findings are summed up and described.</summary>
internal static class FindingsPhrase
{
    /// <summary><c>213 findings in 87 documents; the longest has 61 words</c>.</summary>
    public static string Line(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
            return "No finding.";
        string line = $"{Phrases.Count(findings.Count, "finding")}, first found in {Phrases.Count(Documents(findings), "document")}";
        return Longest(findings) is { } longest ? $"{line}; the longest has {Length(longest)}{Odds(longest)}." : line + ".";
    }

    /// <summary>How many documents the findings' strongest sources are.</summary>
    public static int Documents(IReadOnlyList<Finding> findings) =>
        findings.Where(f => f.Match.Sources.Count > 0).Select(f => f.Match.Sources[0].Document).Distinct(StringComparer.Ordinal).Count();

    /// <summary>The longest match after what the target had been shown is taken off, boilerplate left out.</summary>
    public static Finding? Longest(IReadOnlyList<Finding> findings) =>
        findings.Where(f => !IsBoilerplate(f)).MaxBy(f => f.Match.Characters - f.DiscountedForPrompt);

    /// <summary><c>61 words (388 characters)</c>.</summary>
    public static string Length(Finding finding) =>
        $"{Phrases.Count(finding.Match.Words, "word")} ({Phrases.Count(finding.Match.Characters, "character")})";

    /// <summary>Whether the text is so common that a match proves nothing.</summary>
    public static bool IsBoilerplate(Finding finding) => finding.Boilerplate || finding.Match.Boilerplate;

    /// <summary>How often the text stands in the corpus: <c>64 times</c>, <c>at least 64 times</c>.</summary>
    public static string Occurrences(FindingMatch match) => match switch
    {
        { OccurrencesAreExact: false } => $"at least {Phrases.Count(match.Occurrences, "time")}",
        { Occurrences: 1 } => "once",
        _ => Phrases.Count(match.Occurrences, "time"),
    };

    /// <summary>How probable the target makes the text, in words.</summary>
    public static string Probability(Finding finding) => finding.Probability is { } probability
        ? $"{Phrases.OneIn(probability.Log10)} ({Phrases.Short(probability.Scheme, 60)})"
        : "not measured";

    /// <summary>How probable a model that never saw the text makes it, in words.</summary>
    public static string Chance(Finding finding) => finding.Chance is { } chance
        ? $"{Phrases.OneIn(chance.Log10)} ({Terms.Control(chance.Null)})"
        : "not measured";

    // ": 1 in 10^46 by chance, 1 in 3 here"
    private static string Odds(Finding finding) => finding switch
    {
        { Chance: { } chance, Probability: { } here } => $": {Phrases.OneIn(chance.Log10)} by chance, {Phrases.OneIn(here.Log10)} here",
        { Chance: { } chance } => $": {Phrases.OneIn(chance.Log10)} by chance",
        _ => "",
    };

    /// <summary>Verbatim or how far from it.</summary>
    public static string Closeness(FindingMatch match) => match.Edits == 0
        ? Phrases.Short(match.Kind, 40)
        : $"{Phrases.Short(match.Kind, 40)}, {Phrases.Count(match.Edits, "word edit")}";
}
