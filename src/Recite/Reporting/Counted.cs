using System.Globalization;

namespace Recite.Reporting;

/// <summary>A number with what it counts: <c>1 document</c>, <c>2 documents</c>.</summary>
internal static class Counted
{
    public static string Of(int count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? one + "s")}");
}
