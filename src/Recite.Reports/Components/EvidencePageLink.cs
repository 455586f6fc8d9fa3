namespace Recite.Reports.Components;

/// <summary>A file beside the report that holds further findings.</summary>
/// <param name="Href">Relative link.</param>
/// <param name="First">Number of its first finding.</param>
/// <param name="Last">Number of its last finding.</param>
public sealed record EvidencePageLink(string Href, int First, int Last);
