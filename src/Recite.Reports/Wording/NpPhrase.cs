using System.Text.RegularExpressions;

namespace Recite.Reports.Wording;

/// <summary>How (n,p)-extraction (M2) is spelled; a name of another shape is shown as it is.</summary>
internal static partial class NpPhrase
{
    private const string Prefix = "np-extraction";

    /// <summary>Whether a rate or curve is one of (n,p)-extraction.</summary>
    public static bool Is(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>A heading: <c>At least an even chance of the true continuation in 100 tries (temperature=1)</c>.</summary>
    public static string Title(string name) => Shape().Match(name) is { Success: true } match
        ? (IsEven(match) ? $"At least an even chance of the true continuation in {Tries(match)}" : $"True continuation within {Tries(match)} with probability at least {match.Groups["p"].Value}") + Scheme(match)
        : Phrases.Capital(Phrases.Short(name, 80));

    /// <summary>What a hit is, after "in": <c>100 tries have at least an even chance of giving the true continuation (temperature=1)</c>.</summary>
    public static string Clause(string name) => Shape().Match(name) is { Success: true } match
        ? $"{Tries(match)} {(match.Groups["n"].Value is "1" ? "has" : "have")} {(IsEven(match) ? "at least an even chance of giving the true continuation" : $"a probability of at least {match.Groups["p"].Value} of giving the true continuation")}{Scheme(match)}"
        : $"the true continuation is probable enough ({Phrases.Short(name, 80)})";

    private static bool IsEven(Match match) => match.Groups["p"].Value is "0.5";

    private static string Scheme(Match match) => $" ({match.Groups["scheme"].Value})";

    private static string Tries(Match match) => int.TryParse(match.Groups["n"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture, out int tries)
        ? Phrases.Count(tries, "try", "tries")
        : match.Groups["n"].Value + " tries";

    [GeneratedRegex(@"^np-extraction \(n=(?<n>[0-9]{1,9}), p=(?<p>[0-9.]{1,8}), (?<scheme>[A-Za-z0-9=., -]{1,60})\)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
