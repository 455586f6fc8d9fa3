using System.Globalization;
using Recite.Reports.Text;

namespace Recite.Reports.Wording;

/// <summary>Numbers and outside text as a report spells them.</summary>
internal static class Phrases
{
    /// <summary>A no-break space: a number never parts from its unit.</summary>
    public const string Gap = "\u00A0";

    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>A share as a percentage: <c>41.2 %</c>, <c>0.37 %</c>, <c>100 %</c>; never rounded to 0 or 100 unless it is.</summary>
    public static string Percent(double share) => PercentNumber(share) + Gap + "%";

    /// <summary>A round share that somebody chose, such as a confidence: <c>95 %</c>.</summary>
    public static string Level(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + Gap + "%";

    /// <summary>A share as a percentage, rounded up: for "less than".</summary>
    public static string PercentUp(double share)
    {
        double percent = share * 100;
        double step = percent >= 10 ? 0.1 : percent >= 0.1 ? 0.01 : 0.0001;

        // The slack keeps 5 from becoming 5.01 when 0.05 * 100 is a hair above 5.
        double up = Math.Min(100, Math.Ceiling((percent / step) - 1e-9) * step);
        return up.ToString("0.####", CultureInfo.InvariantCulture) + Gap + "%";
    }

    /// <summary>An interval of shares: <c>38.1 to 44.3 %</c>.</summary>
    public static string Interval(double low, double high) => $"{PercentNumber(low)} to {Percent(high)}";

    /// <summary>A count with thousands separators.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count of things: <c>1 document</c>, <c>1,200 documents</c>.</summary>
    public static string Count(long count, string singular, string? plural = null) =>
        Count(count) + Gap + (count == 1 ? singular : plural ?? singular + "s");

    /// <summary>A plain number with at most four decimals, and fewer the larger it is.</summary>
    public static string Number(double number) =>
        number.ToString(Math.Abs(number) switch { >= 1000 => "N0", >= 100 => "0.#", >= 10 => "0.##", _ => "0.####" }, CultureInfo.InvariantCulture);

    /// <summary>"1 in N" for log10 of a probability: <c>1 in 3</c>, <c>1 in 10⁴⁶</c>, <c>almost always (97.7 %)</c>.</summary>
    public static string OneIn(double log10)
    {
        if (log10 >= 0)
            return "always";
        if (double.IsNegativeInfinity(log10))
            return "never";
        if (log10 < -6)
            return "1 in 10" + Superscript((int)Math.Round(-log10));
        double probability = Math.Pow(10, log10);
        if (probability > 0.9)
            return $"almost always ({Percent(probability)})";
        return probability > 0.4 ? $"{Percent(probability)} of the time" : $"1 in {Count((long)Math.Round(1 / probability))}";
    }

    /// <summary><c>10⁹</c>.</summary>
    public static string PowerOfTen(int exponent) => "10" + Superscript(exponent);

    /// <summary>10 to a power, as a count where one can be read: <c>3.2</c>, <c>250</c>, <c>10⁹</c>.</summary>
    public static string Power(double log10) => log10 switch
    {
        > 6 => PowerOfTen((int)Math.Min(Math.Round(log10), int.MaxValue)),
        >= 1 => Count((long)Math.Round(Math.Pow(10, log10))),
        _ => Math.Pow(10, log10).ToString("0.#", CultureInfo.InvariantCulture),
    };

    /// <summary>Bytes in the largest unit that leaves a number of one or more: <c>1.2 MB</c>.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["bytes", "kB", "MB", "GB", "TB"];
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return value.ToString(unit == 0 ? "N0" : "#,0.#", CultureInfo.InvariantCulture) + Gap + units[unit];
    }

    /// <summary>Seconds as <c>48.2 s</c>, <c>3 min 12 s</c> or <c>2 h 5 min</c>.</summary>
    public static string Duration(double seconds)
    {
        if (seconds < 59.95)
            return seconds.ToString("0.#", CultureInfo.InvariantCulture) + Gap + "s";
        long whole = (long)Math.Round(seconds);
        return whole < 3600
            ? $"{whole / 60}{Gap}min {whole % 60}{Gap}s"
            : $"{Count(whole / 3600)}{Gap}h {whole % 3600 / 60}{Gap}min";
    }

    /// <summary>Outside text for the middle of a sentence: one line, visible, at most <paramref name="limit"/> characters.</summary>
    public static string Short(string text, int limit = 120)
    {
        string head = text.Length > limit ? text[..limit] : text;
        return VisibleText.Escape(head, keepLines: false) + (text.Length > limit ? "…" : "");
    }

    /// <summary>A list as a sentence has it: <c>a, b and c</c>.</summary>
    public static string Join(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => string.Join(", ", items.Take(items.Count - 1)) + " and " + items[^1],
    };

    /// <summary>The text with a capital first letter.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string PercentNumber(double share)
    {
        double percent = share * 100;
        if (percent is 0 or 100)
            return percent.ToString(CultureInfo.InvariantCulture);
        return percent switch
        {
            >= 99.95 => ">99.9",
            >= 9.995 => percent.ToString("0.0", CultureInfo.InvariantCulture),
            >= 0.0995 => percent.ToString("0.00", CultureInfo.InvariantCulture),
            >= 0.0005 => percent.ToString("0.000", CultureInfo.InvariantCulture),
            _ => "<0.001",
        };
    }

    private static string Superscript(int exponent) =>
        string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(digit => Superscripts[digit - '0']));
}
