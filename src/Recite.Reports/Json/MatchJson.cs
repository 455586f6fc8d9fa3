using System.Text.Json;

namespace Recite.Reports.Json;

/// <summary>Writes <c>recite.match/1</c>.</summary>
public static class MatchJson
{
    /// <summary>Writes <paramref name="report"/> as indented UTF-8 without a byte order mark and with a final newline.</summary>
    /// <exception cref="ArgumentException">A number is NaN or infinite: a bug, never written.</exception>
    public static async Task WriteAsync(MatchReport report, Stream output, CancellationToken cancellationToken)
    {
        await JsonSerializer.SerializeAsync(output, report, ReportJsonShapes.Context.MatchReport, cancellationToken);
        await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }
}
