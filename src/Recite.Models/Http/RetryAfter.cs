using System.Globalization;
using System.Net.Http.Headers;

namespace Recite.Models.Http;

/// <summary>Reads how long a server asks to be left alone (RFC 9110, section 10.2.3).</summary>
internal static class RetryAfter
{
    /// <summary>No server may make a run stand still for longer than this at once.</summary>
    public static readonly TimeSpan Maximum = TimeSpan.FromMinutes(2);

    /// <summary>The wait asked for by <c>Retry-After</c> (seconds or a date), or by the finer <c>retry-after-ms</c>; capped.</summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (headers.TryGetValues("retry-after-ms", out IEnumerable<string>? milliseconds)
            && ParseNumber(milliseconds.First()) is { } fine)
            return Cap(fine / 1000);

        return headers.TryGetValues("Retry-After", out IEnumerable<string>? values) ? Parse(values.First(), now) : null;
    }

    /// <summary>Reads one header value; <see langword="null"/> for what is neither a count of seconds nor a date.</summary>
    public static TimeSpan? Parse(string value, DateTimeOffset now)
    {
        if (ParseNumber(value) is { } seconds)
            return Cap(seconds);

        return DateTimeOffset.TryParseExact(
                value.Trim(),
                ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite,
                out DateTimeOffset date)
            ? Cap((date - now).TotalSeconds)
            : null;
    }

    private static double? ParseNumber(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : null;

    private static TimeSpan Cap(double seconds) =>
        TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Maximum.TotalSeconds));
}
