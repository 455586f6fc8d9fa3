using System.Text;
using Recite.Reporting;
using Recite.Reports.Html;
using Recite.Reports.Json;

namespace Recite.Reports.Tests.Samples;

/// <summary>Reports as the writers write them.</summary>
internal static class Written
{
    public static async Task<byte[]> JsonAsync(AuditReport report) => await WriteAsync(new JsonReportWriter(), report);

    public static async Task<string> HtmlAsync(AuditReport report) => Encoding.UTF8.GetString(await WriteAsync(new HtmlReportWriter(), report));

    public static async Task<byte[]> WriteAsync(IReportWriter writer, AuditReport report)
    {
        using var output = new MemoryStream();
        await writer.WriteAsync(report, output, TestContext.Current.CancellationToken);
        return output.ToArray();
    }
}
