using System.Globalization;
using Recite.Cli.Settings;
using Recite.Config;

namespace Recite.Cli.Commands;

/// <summary>Understands <c>usd=5,tokens=2M</c>.</summary>
internal static class BudgetReader
{
    /// <summary>The budget; what is not named is not limited by it.</summary>
    /// <exception cref="FormatException">The text is no budget.</exception>
    public static BudgetConfig? Read(IReadOnlyList<string> values)
    {
        string text = SettingReaders.Text(values);
        var budget = new BudgetConfig();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            budget = pair switch
            {
                ["usd", var amount] when double.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double usd) => budget with { Usd = usd },
                ["tokens", var amount] when TokenCount(amount) is { } tokens => budget with { Tokens = tokens },
                _ => throw new FormatException($"'{text}' is not a budget such as usd=5,tokens=2M"),
            };
        }

        return budget;
    }

    // K, M and G are thousands here, as in recite.yaml: tokens are counted, not stored.
    private static long? TokenCount(string text)
    {
        long unit = text.Length == 0 ? 1 : text[^1] switch { 'K' or 'k' => 1_000, 'M' or 'm' => 1_000_000, 'G' or 'g' => 1_000_000_000, _ => 1 };
        string digits = unit == 1 ? text : text[..^1];
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            && value > 0 && value <= long.MaxValue / unit
            && value * unit == decimal.Truncate(value * unit)
            ? (long)(value * unit)
            : null;
    }
}
