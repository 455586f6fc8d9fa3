using Recite.Indexing;
using Recite.Reports.Html;
using Recite.Reports.Json;

namespace Recite.Reports;

/// <summary>The formats that are built. Adding one is one line here: <c>docs/recipes/add-a-report-format.md</c>.</summary>
public static class ReportWriters
{
    /// <summary>One writer of each format.</summary>
    public static IReadOnlyList<IReportWriter> All(ReportOptions? options = null) =>
    [
        new HtmlReportWriter(options),
        new JsonReportWriter(options),
    ];

    /// <summary>The writer that the extension of <paramref name="path"/> asks for.</summary>
    /// <exception cref="ReciteException">No such format is built; the sentence lists those that are.</exception>
    public static IReportWriter ForPath(string path, ReportOptions? options = null)
    {
        IReadOnlyList<IReportWriter> writers = All(options);
        string name = Path.GetFileName(path);
        foreach (IReportWriter writer in writers)
        {
            if (name.Length > writer.Extension.Length && name.EndsWith(writer.Extension, StringComparison.OrdinalIgnoreCase))
                return writer;
        }

        string built = string.Join(", ", writers.Select(w => w.Extension));
        throw new ReciteException($"Cannot tell the format of the report '{path}': give it one of the extensions that are built, {built}.");
    }
}
