using Recite.Evidence;
using Recite.Indexing;
using Recite.Reporting;

namespace Recite.Reports.Json;

/// <summary>What JSON cannot promise about a report that was read back: no holes in lists, and numbers that can be true.</summary>
internal static class ReportChecks
{
    /// <summary>Throws the first thing that is wrong.</summary>
    public static void Check(AuditReport report)
    {
        Elements(report.Rates, "rates");
        Elements(report.Controls, "controls");
        Elements(report.ControlsNotRun, "controlsNotRun");
        Elements(report.Findings, "findings");
        Elements(report.Curves, "curves");
        Elements(report.Duplicates, "duplicates");
        Elements(report.Estimates, "estimates");
        Elements(report.Gates, "gates");
        Elements(report.Notes, "notes");

        CheckRates(report.Rates, "rates");
        CheckRates(report.Controls, "controls");
        foreach (GateResult gate in report.Gates)
            Require(IsFinite(gate.Value) && IsFinite(gate.Low) && IsFinite(gate.High), "gates", "a number that is not finite");
        foreach (Curve curve in report.Curves)
        {
            Elements(curve.Points, "curves[].points");
            Require(curve.Points.All(p => double.IsFinite(p.X) && double.IsFinite(p.Y) && IsFinite(p.Low) && IsFinite(p.High)), "curves", "a point that is not finite");
        }

        foreach (Finding finding in report.Findings)
            CheckFinding(finding);
        Require(report.Duplicates.All(d => d.Samples >= 0 && d.Population is null or >= 0), "duplicates", "a negative count");
        Require(double.IsFinite(report.Cost.Seconds) && IsFinite(report.Cost.Usd), "cost", "a number that is not finite");
    }

    private static void CheckRates(IReadOnlyList<Rate> rates, string field)
    {
        foreach (Rate rate in rates)
        {
            Require(rate.Hits >= 0 && rate.Trials >= rate.Hits, field, $"{rate.Hits} hits of {rate.Trials} trials");
            Require(IsShare(rate.Value) && IsShare(rate.Low) && IsShare(rate.High) && rate.Confidence is > 0 and < 1, field, "a share outside 0 to 1");
        }
    }

    private static void CheckFinding(Finding finding)
    {
        Elements(finding.PersonalData, "findings[].personalData");
        Elements(finding.Match.Sources, "findings[].match.sources");
        Elements(finding.Evidence.Output.Marks, "findings[].evidence.output.marks");
        Elements(finding.Evidence.Source.Marks, "findings[].evidence.source.marks");
        Require(finding.Probability is not { } p || double.IsFinite(p.Log10), "findings", "a probability that is not finite");
        Require(finding.Chance is not { } c || double.IsFinite(c.Log10), "findings", "a chance that is not finite");
    }

    private static bool IsFinite(double? value) => value is not { } number || double.IsFinite(number);

    private static bool IsShare(double? value) => value is null or (>= 0 and <= 1);

    private static void Elements<T>(IReadOnlyList<T?> list, string field)
        where T : class => Require(!list.Contains(null), field, "null");

    private static void Require(bool holds, string field, string what)
    {
        if (!holds)
            throw new ReciteException($"The report cannot be read: '{field}' holds {what}; write it anew from its run.");
    }
}
