using Recite.Cli.Terminal;
using Recite.Reporting;
using Recite.Reports;

namespace Recite.Cli.Commands;

/// <summary>A report in the lines that fit a terminal, worded as in the HTML.</summary>
internal static class SummaryPrinter
{
    /// <summary>Writes the verdict, each table with its controls, the gates and the cost.</summary>
    public static void Write(TextWriter writer, AuditReport report)
    {
        ReportSummary summary = ReportSummary.Of(report);
        writer.WriteLine();
        writer.WriteLine(summary.Title);
        foreach (string paragraph in summary.Paragraphs)
            writer.WriteLine(paragraph);
        foreach (SummaryTable table in summary.Tables)
            Write(writer, table);

        if (summary.Estimates.Count > 0)
        {
            writer.WriteLine();
            writer.WriteLine("Estimates");
            foreach (string estimate in summary.Estimates)
                writer.WriteLine("  " + estimate);
        }

        writer.WriteLine();
        foreach (string control in summary.ControlsNotRun)
            writer.WriteLine($"Not run: {control}");
        foreach (SummaryGate gate in summary.Gates)
            writer.WriteLine($"Gate {gate.Expression}: {gate.Verdict} ({gate.Judged})");
        writer.WriteLine(summary.Findings);
        writer.WriteLine(summary.Cost);
    }

    private static void Write(TextWriter writer, SummaryTable table)
    {
        writer.WriteLine();
        writer.WriteLine(table.Title);
        PlainTable.Write(
            writer,
            [
                ["  ", "HITS", "RATE", "INTERVAL"],
                .. table.Rows.Select(row => (string[])[(row.IsControl ? "  control: " : "  ") + row.Label, row.Count, row.Rate, row.Interval]),
            ]);
        if (!table.HasControl)
            writer.WriteLine("  No control was run: these rates cannot be told from chance.");
    }
}
