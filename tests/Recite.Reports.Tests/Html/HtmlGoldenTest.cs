using Recite.Reports.Html;
using Recite.Reports.Tests.Samples;
using Recite.Testing;

namespace Recite.Reports.Tests.Html;

public sealed class HtmlGoldenTest
{
    [Fact]
    public async Task The_sample_report_looks_as_it_was_reviewed()
    {
        using var output = new MemoryStream();
        await new HtmlReportWriter().WriteAsync(SampleReport.Create(), output, TestContext.Current.CancellationToken);
        Golden.Matches("sample.html", output.ToArray());
    }
}
