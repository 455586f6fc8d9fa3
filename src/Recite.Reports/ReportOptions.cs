namespace Recite.Reports;

/// <summary>How much a report shows.</summary>
/// <param name="Reveal">Shows personal data that matches hold; without it their letters and digits become asterisks.</param>
public sealed record ReportOptions(bool Reveal = false);
