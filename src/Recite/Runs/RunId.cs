using System.Buffers;
using System.Globalization;

namespace Recite.Runs;

/// <summary>Names runs so that they sort by time: <c>20260102T030405Z-a1b2c3</c>, and <c>-2</c> for the second of the same second.</summary>
internal static class RunId
{
    private static readonly SearchValues<char> s_hexadecimal = SearchValues.Create("0123456789abcdef");

    public static string Make(DateTimeOffset started, string configDigest, int copy)
    {
        string id = started.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + "-" + configDigest[..6];
        return copy == 1 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}-{copy}");
    }

    /// <summary>Whether a name can be a run's: nothing else is ever joined to a path.</summary>
    public static bool IsValid(string name)
    {
        if (name.Length is < 23 or > 32 || name[8] != 'T' || name[15] != 'Z' || name[16] != '-')
            return false;
        return name.AsSpan(0, 8).IndexOfAnyExceptInRange('0', '9') < 0
            && name.AsSpan(9, 6).IndexOfAnyExceptInRange('0', '9') < 0
            && name.AsSpan(17, 6).IndexOfAnyExcept(s_hexadecimal) < 0
            && (name.Length == 23 || (name[23] == '-' && name.Length > 24 && name.AsSpan(24).IndexOfAnyExceptInRange('0', '9') < 0));
    }
}
