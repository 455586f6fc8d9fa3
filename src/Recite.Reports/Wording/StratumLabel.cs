using System.Globalization;

namespace Recite.Reports.Wording;

/// <summary>Reads the labels of duplicates strata: <c>1</c>, <c>2-3</c>, <c>64-127</c>; the first number is the lower end.</summary>
internal static class StratumLabel
{
    /// <summary>The lower end; labels without a number sort last.</summary>
    public static long LowerEnd(string label)
    {
        int digits = 0;
        while (digits < label.Length && char.IsAsciiDigit(label[digits]))
            digits++;
        return long.TryParse(label.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out long low) ? low : long.MaxValue;
    }

    /// <summary>The label as a table shows it, with an en dash.</summary>
    public static string Show(string label) => Phrases.Short(label, 24).Replace('-', '–');

    /// <summary>How often a passage of the stratum stands in the corpus: <c>64 to 127 times</c>.</summary>
    public static string Times(string label) => label switch
    {
        "0" => "not at all",
        "1" => "once",
        _ => Phrases.Short(label, 24).Replace("-", " to ", StringComparison.Ordinal) + " times",
    };
}
