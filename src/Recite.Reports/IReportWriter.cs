using Recite.Reporting;

namespace Recite.Reports;

/// <summary>A format that a report can be written in; <see cref="ReportWriters"/> lists those that are built.</summary>
public interface IReportWriter
{
    /// <summary>The file extension that asks for this format, with its dot: <c>.html</c>.</summary>
    string Extension { get; }

    /// <summary>Writes the whole report to <paramref name="output"/>, which stays open. The same report gives the same bytes.</summary>
    Task WriteAsync(AuditReport report, Stream output, CancellationToken cancellationToken);
}
