using System.Globalization;
using System.Text.RegularExpressions;
using Recite.Reports.Components;

namespace Recite.Reports.Tests.Html;

public sealed class StylesheetTest
{
    /// <summary>Pairs of text and ground that occur in the page.</summary>
    public static TheoryData<string, string> Pairs() => new()
    {
        { "ink", "paper" }, { "soft", "paper" }, { "accent", "paper" }, { "paper", "accent" }, { "paper", "ink" },
        { "ink", "raised" }, { "soft", "raised" }, { "ink", "tint" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Text_has_the_contrast_of_WCAG_AA_on_light_dark_and_printed_pages(string text, string ground)
    {
        Dictionary<string, string>[] palettes = [.. Regex.Matches(Stylesheet.Text, @":root \{(?<block>[^}]*)\}", RegexOptions.NonBacktracking).Select(m => Colours(m.Groups["block"].Value))];
        Assert.Equal(3, palettes.Length);
        foreach (Dictionary<string, string> palette in palettes)
            Assert.True(Contrast(palette[text], palette[ground]) >= 4.5, $"{text} {palette[text]} on {ground} {palette[ground]}");
    }

    [Theory]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#777777", "#ffffff", 4.48)]
    public void The_measure_of_contrast_is_that_of_WCAG(string text, string ground, double expected) =>
        Assert.Equal(expected, Contrast(text, ground), 2);

    private static Dictionary<string, string> Colours(string block) =>
        Regex.Matches(block, "--(?<name>\\w+): (?<colour>#[0-9a-f]{3,6});", RegexOptions.NonBacktracking).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["colour"].Value, StringComparer.Ordinal);

    private static double Contrast(string a, string b)
    {
        double one = Luminance(a), other = Luminance(b);
        return (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);
    }

    private static double Luminance(string colour)
    {
        string digits = colour.Length == 4 ? string.Concat(colour.Skip(1).Select(c => $"{c}{c}")) : colour[1..];
        double[] linear = [.. Enumerable.Range(0, 3).Select(i => Linear(int.Parse(digits.AsSpan(i * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0))];
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    private static double Linear(double channel) => channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4);
}
