using System.Globalization;

namespace Recite.Cli.Terminal;

/// <summary>Numbers as people read them, in one way everywhere.</summary>
internal static class Wording
{
    /// <summary>A count with thousands separators.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun, in the plural where it must be.</summary>
    public static string Count(long value, string noun) => Count(value, noun, noun + "s");

    /// <summary>A count with its noun, where the plural is irregular.</summary>
    public static string Count(long value, string singular, string plural) => value == 1 ? $"1 {singular}" : $"{Count(value)} {plural}";

    /// <summary>Bytes in B, KB, MB or GB; powers of 1000, as files are sold and measured.</summary>
    public static string Bytes(double value) => value switch
    {
        < 1e3 => string.Create(CultureInfo.InvariantCulture, $"{value:0} B"),
        < 1e6 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e3:0.0} KB"),
        < 1e9 => string.Create(CultureInfo.InvariantCulture, $"{value / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value / 1e9:0.00} GB"),
    };

    /// <summary>A duration: <c>12 s</c>, <c>3 min 20 s</c>, <c>2 h 05 min</c>.</summary>
    public static string Duration(TimeSpan value) => value.TotalSeconds switch
    {
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds:0.0} s"),
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds:0} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{value.Minutes} min {value.Seconds:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)value.TotalHours} h {value.Minutes:00} min"),
    };

    /// <summary>A share as a percentage.</summary>
    public static string Percent(double value) => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.0} %");
}
