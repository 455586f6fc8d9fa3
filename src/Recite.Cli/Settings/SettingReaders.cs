using System.Globalization;
using Recite.Indexing;
using Recite.Indexing.Matching.Near;
using Recite.Indexing.Text;
using Recite.Reports;

namespace Recite.Cli.Settings;

/// <summary>Understands the texts of settings; each failure is a <see cref="FormatException"/> that ends the sentence.</summary>
internal static class SettingReaders
{
    /// <summary>A text that is not empty.</summary>
    public static string Text(IReadOnlyList<string> values) =>
        values is [{ Length: > 0 } text] ? text : throw new FormatException("a value is missing");

    /// <summary>A text; empty where the option was given without one.</summary>
    public static string OptionalText(IReadOnlyList<string> values) => values.Count == 0 ? "" : values[0];

    /// <summary>Every text, in order.</summary>
    public static IReadOnlyList<string> Texts(IReadOnlyList<string> values) => [.. values.Where(value => value.Length > 0)];

    /// <summary>Files of reports, each of a format that is built.</summary>
    public static IReadOnlyList<string> Reports(IReadOnlyList<string> values)
    {
        IReadOnlyList<string> paths = Texts(values);
        try
        {
            foreach (string path in paths)
                ReportWriters.ForPath(path);
            return paths;
        }
        catch (ReciteException error)
        {
            throw new FormatException(char.ToLowerInvariant(error.Message[0]) + error.Message[1..].TrimEnd('.'), error);
        }
    }

    /// <summary>Every text, split at commas as well.</summary>
    public static IReadOnlyList<string> CommaTexts(IReadOnlyList<string> values) =>
        [.. values.SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    /// <summary>A switch: no value, or a word of yes or no.</summary>
    public static bool Flag(IReadOnlyList<string> values) => values is not [var word] || word switch
    {
        "1" or "true" or "yes" or "on" => true,
        "" or "0" or "false" or "no" or "off" => false,
        _ => throw new FormatException($"'{word}' is neither 'true' nor 'false'"),
    };

    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    public static Func<IReadOnlyList<string>, int> Number(int least) => values =>
    {
        string text = Text(values);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least
            ? value
            : throw new FormatException($"'{text}' is not a whole number of at least {least}");
    };

    /// <summary>A whole percentage such as <c>80%</c>, from <paramref name="least"/> to 100.</summary>
    public static Func<IReadOnlyList<string>, int> Percent(int least) => values =>
    {
        string text = Text(values);
        return text.EndsWith('%') && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= 100
            ? value
            : throw new FormatException($"'{text}' is not a share such as 80%, from {least}% to 100%");
    };

    /// <summary>A random seed.</summary>
    public static ulong? Seed(IReadOnlyList<string> values)
    {
        string text = Text(values);
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            ? seed
            : throw new FormatException($"'{text}' is not a random seed, a whole number from 0 on");
    }

    /// <summary>One of the words, exactly as written; <paramref name="later"/> is refused as not built yet.</summary>
    public static Func<IReadOnlyList<string>, string> Word(string[] words, string? later) => values =>
    {
        string text = Text(values);
        if (string.Equals(text, later, StringComparison.Ordinal))
            throw new FormatException($"'{text}' is not built yet; choose one of {string.Join(", ", words)}");
        return words.Contains(text, StringComparer.Ordinal)
            ? text
            : throw new FormatException($"'{text}' is not one of {string.Join(", ", words)}");
    };

    /// <summary>A length with its unit, such as <c>150c</c>.</summary>
    public static TextLength? Length(IReadOnlyList<string> values)
    {
        string text = Text(values);
        return TextLength.TryParse(text, out TextLength length)
            ? length
            : throw new FormatException($"'{text}' is not a length such as 150c (characters), 30w (words) or 50t (tokens)");
    }

    /// <summary>A share of changed words, such as <c>10%</c>.</summary>
    public static NearTolerance? Near(IReadOnlyList<string> values)
    {
        string text = Text(values);
        return NearTolerance.TryParse(text, out NearTolerance tolerance)
            ? tolerance
            : throw new FormatException($"'{text}' is not a share of changed words such as 10% or 7.5%, from 0.1% to 50%");
    }

    /// <summary>A size in bytes, such as <c>512M</c> or <c>4G</c>; K, M and G are powers of 1024.</summary>
    public static long? Size(IReadOnlyList<string> values)
    {
        string text = Text(values);
        int shift = text[^1] switch { 'K' or 'k' => 10, 'M' or 'm' => 20, 'G' or 'g' => 30, _ => 0 };
        ReadOnlySpan<char> digits = shift == 0 ? text : text.AsSpan(0, text.Length - 1);
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            && value is > 0 and <= long.MaxValue >> 30
            ? value << shift
            : throw new FormatException($"'{text}' is not a size such as 512M or 4G");
    }
}
