using Recite.Reporting;
using Recite.Reports.Wording;

namespace Recite.Reports;

/// <summary>A report in the few lines that a terminal shows, worded as in the HTML; safe to print as it is.</summary>
public sealed record ReportSummary
{
    private const int MaxEstimates = 8;

    // What a reader of a terminal wants first; everything stands in the report.
    private static readonly string[] s_first =
    [
        "contaminated-control", "recitation-filter", "filtered", "personal-data", "membership", "extraction-difference", "greedy-extractable", "tries-to-half",
        "code-length", "canary-recall", "unique-documents", "missing-mass-of-documents", "new-documents-at-twice",
    ];

    /// <summary>The verdict in one line.</summary>
    public required string Title { get; init; }

    /// <summary>The verdict in words, a paragraph each.</summary>
    public required IReadOnlyList<string> Paragraphs { get; init; }

    /// <summary>A table for each thing measured.</summary>
    public required IReadOnlyList<SummaryTable> Tables { get; init; }

    /// <summary>Estimates, a line each with its control; the first ones, and how many more there are.</summary>
    public required IReadOnlyList<string> Estimates { get; init; }

    /// <summary>Controls that were not run, each with its reason, a sentence each.</summary>
    public required IReadOnlyList<string> ControlsNotRun { get; init; }

    /// <summary>Gates with their verdicts.</summary>
    public required IReadOnlyList<SummaryGate> Gates { get; init; }

    /// <summary>How much was found, in one line.</summary>
    public required string Findings { get; init; }

    /// <summary>What it cost, in one line.</summary>
    public required string Cost { get; init; }

    /// <summary>The summary of a report.</summary>
    public static ReportSummary Of(AuditReport report)
    {
        VerdictText verdict = VerdictText.Of(report);
        return new ReportSummary
        {
            Title = verdict.Title,
            Paragraphs = verdict.Paragraphs,
            Tables = [.. RateGroup.Of(report).Select(Table)],
            Estimates = EstimateLines(EstimateRow.Of(report)),
            ControlsNotRun = [.. report.ControlsNotRun.Select(c => $"{Phrases.Capital(Terms.Control(c.Null))}: {Phrases.Short(c.Reason, 300)}")],
            Gates = [.. report.Gates.Select(g => new SummaryGate(Phrases.Short(g.Expression), Phrases.Short(g.Verdict, 20), GatePhrase.Judged(g)))],
            Findings = FindingsPhrase.Line(report.Findings),
            Cost = CostLine(report.Cost),
        };
    }

    internal static string CostLine(CostSummary cost)
    {
        string money = cost.Usd is { } usd ? $"{Phrases.Number(usd)}{Phrases.Gap}USD" : "price unknown";
        return $"{Phrases.Count(cost.Attempts, "attempt")}, {Phrases.Count(cost.Tokens, "token")}, {money}, {Phrases.Duration(cost.Seconds)}";
    }

    private static List<string> EstimateLines(IReadOnlyList<EstimateRow> rows)
    {
        EstimateRow[] shown = [.. rows.Where(row => row.Figure.Value is not "–").DistinctBy(row => row.Name, StringComparer.Ordinal).OrderBy(row => (uint)Array.IndexOf(s_first, row.Name)).Take(MaxEstimates)];
        List<string> lines = [.. shown.Select(EstimateLine)];
        if (rows.Count > shown.Length)
            lines.Add($"{Phrases.Count(rows.Count - shown.Length, "further estimate")} can be read in the report.");
        return lines;
    }

    private static string EstimateLine(EstimateRow row)
    {
        // Most refusals begin with what is refused.
        if (row.Reason is { } reason)
            return reason.StartsWith(row.Title, StringComparison.Ordinal) ? reason : $"{row.Title}: {row.Figure.Value}; {reason}";
        string subject = row.Subject.Length > 0 ? $" ({row.Subject})" : "";
        string interval = row.Figure.Interval is "–" ? "" : $", {row.Figure.Interval}";
        return $"{row.Title}{subject}: {row.Figure.Value}{interval}; {(row.IsComparison || row.IsControl ? "" : "control: ")}{row.Control}";
    }

    private static SummaryTable Table(RateGroup group)
    {
        var rows = new List<SummaryRow>();
        foreach (Rate stratum in group.Strata)
            rows.Add(Row(StratumLabel.Show(stratum.Stratum!.Duplicates), stratum, isControl: false));
        if (group.Headline is { } headline)
            rows.Add(Row(RatePhrase.IsWeighted(headline) ? "all, weighted" : "all", headline, isControl: false));
        foreach (Rate control in group.Controls)
            rows.Add(Row(ControlLabel(control), control, isControl: true));
        return new SummaryTable($"{Terms.RateTitle(group.Name)} ({Phrases.Short(group.Probe, 40)})", rows, group.MeasuredControls.Any());
    }

    private static SummaryRow Row(string label, Rate rate, bool isControl) =>
        new(label, RatePhrase.Count(rate), RatePhrase.Value(rate), RatePhrase.Interval(rate), isControl);

    private static string ControlLabel(Rate control)
    {
        string name = Terms.Control(control.Null ?? "");
        return control.Stratum is { } stratum ? $"{name}, {StratumLabel.Show(stratum.Duplicates)}" : name;
    }
}

/// <summary>The rates of one measurement.</summary>
/// <param name="Title">What was counted, and the probe.</param>
/// <param name="Rows">Strata by duplicates, then all, then controls.</param>
/// <param name="HasControl">False: the table has to say that no control was run.</param>
public sealed record SummaryTable(string Title, IReadOnlyList<SummaryRow> Rows, bool HasControl);

/// <summary>A rate in words.</summary>
/// <param name="Label">The stratum, <c>all</c>, or the control.</param>
/// <param name="Count"><c>23 of 24</c>.</param>
/// <param name="Rate"><c>95.8 %</c>.</param>
/// <param name="Interval"><c>78.9 to 99.9 %</c>.</param>
/// <param name="IsControl">Whether nothing can have been memorized there.</param>
public sealed record SummaryRow(string Label, string Count, string Rate, string Interval, bool IsControl);

/// <summary>A gate in words.</summary>
/// <param name="Expression">As configured.</param>
/// <param name="Verdict"><c>pass</c>, <c>fail</c> or <c>inconclusive</c>.</param>
/// <param name="Judged">What it was judged on.</param>
public sealed record SummaryGate(string Expression, string Verdict, string Judged);
