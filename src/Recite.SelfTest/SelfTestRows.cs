using Recite.SelfTest.Rows;

namespace Recite.SelfTest;

/// <summary>The rows of the acceptance table, in its order.</summary>
public static class SelfTestRows
{
    /// <summary>Every row whose part has been built. Adding one is a class in <c>Rows</c>, a line here and a test that breaks its estimator.</summary>
    public static IReadOnlyList<ISelfTestRow> Built { get; } =
    [
        new DoseResponseRow(),
        new PrecisionRow(),
        new SampledProbabilityRow(),
        new OnePassRow(),
        new AgreementRow(),
        new ExposureRow(),
        new UnseenSpeciesRow(),
        new NaiveSearchRow(),
        new ForeignIndexRow(),
        new PromptEchoRow(),
        new BlindGateRow(),
        new IntervalCoverageRow(),
        new RankTestRow(),
        new NearVerbatimRow(),
        new OutOfFoldRow(),
    ];

    /// <summary>Every row of the table, built or not, by number.</summary>
    public static IReadOnlyList<TableRow> All { get; } =
    [
        .. Built.Select(row => new TableRow(row.Id, row.Bar, row, Missing: null))
            .Concat(NotYetRows.All.Select(row => new TableRow(row.Id, row.Bar, Row: null, row.Missing)))
            .OrderBy(row => NumberOf(row.Id)),
    ];

    private static int NumberOf(string id) => int.Parse(id.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A row of the table.</summary>
/// <param name="Id">For instance <c>T14</c>.</param>
/// <param name="Bar">What must hold.</param>
/// <param name="Row">How it is measured; <see langword="null"/> as long as its part has not been built.</param>
/// <param name="Missing">What has not been built; <see langword="null"/> for a row that can be measured.</param>
public sealed record TableRow(string Id, string Bar, ISelfTestRow? Row, string? Missing);
