using System.Globalization;
using Recite.Targets;

namespace Recite.Scores;

/// <summary>How reports and run files call a sampling scheme: <c>temperature=0.7,top-k=40,top-p=0.9</c>, without what filters nothing.</summary>
public static class SchemeName
{
    /// <summary>The name of a scheme without penalties.</summary>
    public static string Of(SamplingOptions scheme)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        string name = string.Create(CultureInfo.InvariantCulture, $"temperature={scheme.Temperature}");
        if (scheme.TopK > 0)
            name += string.Create(CultureInfo.InvariantCulture, $",top-k={scheme.TopK}");
        if (scheme.TopP < 1)
            name += string.Create(CultureInfo.InvariantCulture, $",top-p={scheme.TopP}");
        return name;
    }
}
