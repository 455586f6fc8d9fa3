using System.Text.Json;
using Recite.Reporting;
using Recite.Reports.Text;

namespace Recite.Reports.Json;

/// <summary>Writes <c>recite.report/1</c>: <c>docs/formats/report-v1.md</c>.</summary>
public sealed class JsonReportWriter(ReportOptions? options = null) : IReportWriter
{
    private readonly ReportOptions _options = options ?? new ReportOptions();

    /// <inheritdoc />
    public string Extension => ".json";

    /// <inheritdoc />
    /// <exception cref="ArgumentException">A number is NaN or infinite: a bug of the measurement, never written.</exception>
    public async Task WriteAsync(AuditReport report, Stream output, CancellationToken cancellationToken)
    {
        AuditReport shown = PersonalDataMask.Apply(report, _options) with
        {
            // A dictionary promises no order; the file does.
            Dispositions = new SortedDictionary<string, int>(report.Dispositions.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
        };
        await JsonSerializer.SerializeAsync(output, shown, ReportJsonShapes.Context.AuditReport, cancellationToken);
        await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }
}
