using System.Globalization;

namespace Recite.Membership.Blind;

/// <summary>
/// Which numbers a text holds, by naive Bayes: years and their decades, dates, how many numbers there are and of how many digits. Non-members
/// that were written later than the members give themselves away here, which is how most published benchmarks of membership inference leak.
/// </summary>
public sealed class NumbersBaseline : IBlindBaseline
{
    private const int LongestCounted = 12;

    /// <inheritdoc/>
    public string Name => "dates and numbers";

    /// <inheritdoc/>
    public double[] Score(LabelledTexts texts) => NaiveBayes.Score(texts, ReadNumbers);

    private static HashSet<string> ReadNumbers(string text)
    {
        var features = new HashSet<string>(StringComparer.Ordinal);
        int count = 0;
        int at = 0;
        while (at < text.Length)
        {
            int start = at;
            while (at < text.Length && char.IsDigit(text[at]))
                at++;
            if (at == start)
            {
                at++;
                continue;
            }

            count++;
            Add(features, text, start, at);
        }

        features.Add(count switch { 0 => "none", 1 => "one", 2 or 3 => "few", _ => "many" });
        return features;
    }

    private static void Add(HashSet<string> features, string text, int start, int end)
    {
        features.Add(string.Create(CultureInfo.InvariantCulture, $"digits {Math.Min(end - start, LongestCounted)}"));
        bool isYear = end - start == 4 && int.TryParse(text.AsSpan(start, 4), NumberStyles.None, CultureInfo.InvariantCulture, out int year) && year is >= 1400 and < 2200;
        if (!isYear)
            return;
        features.Add("year " + text[start..end]);
        features.Add("decade " + text[start..(end - 1)]);
        if (end + 1 < text.Length && text[end] is '-' or '/' or '.' && char.IsDigit(text[end + 1]))
            features.Add("date");
    }
}
