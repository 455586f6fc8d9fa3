using Recite.Reporting;

namespace Recite.Reports;

/// <summary>A format that puts what is too long for one file into a folder beside it.</summary>
public interface IReportFolderWriter : IReportWriter
{
    /// <summary>Writes the main file to <paramref name="output"/> and whatever does not fit into <paramref name="folder"/>.</summary>
    Task WriteAsync(AuditReport report, Stream output, ReportFolder folder, CancellationToken cancellationToken);
}
