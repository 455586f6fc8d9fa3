using System.Globalization;
using System.Text.RegularExpressions;

namespace Recite.Testing.Text;

/// <summary>Look-alike letters as the table of the format page has them.</summary>
public static partial class SlowLookAlikes
{
    private static readonly Dictionary<int, int> s_prototypes = Read();

    /// <summary>Every code point of the table.</summary>
    public static IEnumerable<int> CodePoints => s_prototypes.Keys;

    public static int Fold(int codePoint) => s_prototypes.GetValueOrDefault(codePoint, codePoint);

    private static Dictionary<int, int> Read()
    {
        string page = File.ReadAllText(Repository.At("docs/formats/normalization.md"));
        var prototypes = new Dictionary<int, int>();
        foreach (Match row in Row().Matches(page))
        {
            foreach (string codePoint in row.Groups["codePoints"].Value.Split(' '))
                prototypes.Add(int.Parse(codePoint, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), row.Groups["letter"].Value[0]);
        }

        return prototypes;
    }

    [GeneratedRegex(@"^\| `(?<letter>[a-z])` \| (?<codePoints>[0-9A-F]{4,5}(?: [0-9A-F]{4,5})*) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
