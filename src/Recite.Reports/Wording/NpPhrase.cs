using System.Text.RegularExpressions;

namespace Recite.Reports.Wording;

/// <summary>How (n,p)-extraction (M2) is spelled; a name of another shape is shown as it is.</summary>
internal static partial class NpPhrase
{
    private const string Prefix = "np-extraction";

    /// <summary>Whether a rate or curve is one of (n,p)-extraction.</summary>
    public static bool Is(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>A heading: <c>True continuation expected in 100 tries, with probability 0.5 or more (temperature=1)</c>.</summary>
    public static string Title(string name) => Shape().Match(name) is { Success: true } match
        ? $"True continuation expected in {Tries(match)}, with probability {match.Groups["p"].Value} or more ({match.Groups["scheme"].Value})"
        : Phrases.Capital(Phrases.Short(name, 80));

    /// <summary>What a hit is, after "in": <c>100 tries would give the true continuation back with probability 0.5 or more (temperature=1)</c>.</summary>
    public static string Clause(string name) => Shape().Match(name) is { Success: true } match
        ? $"{Tries(match)} would give the true continuation back with probability {match.Groups["p"].Value} or more ({match.Groups["scheme"].Value})"
        : $"the true continuation is probable enough ({Phrases.Short(name, 80)})";

    private static string Tries(Match match) => int.TryParse(match.Groups["n"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture, out int tries)
        ? Phrases.Count(tries, "try", "tries")
        : match.Groups["n"].Value + " tries";

    [GeneratedRegex(@"^np-extraction \(n=(?<n>[0-9]{1,9}), p=(?<p>[0-9.]{1,8}), (?<scheme>[A-Za-z0-9=., -]{1,60})\)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
