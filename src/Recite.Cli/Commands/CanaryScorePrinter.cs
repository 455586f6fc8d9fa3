using System.Globalization;
using Recite.Canaries.Scoring;
using Recite.Cli.Terminal;
using Recite.Metrics.Statistics;

namespace Recite.Cli.Commands;

/// <summary>Prints the score of canaries for people.</summary>
internal static class CanaryScorePrinter
{
    private const int WidestBar = 40;

    /// <summary>Writes it: the test, the exposures by duplicates, the histogram beside what chance gives.</summary>
    public static void Write(TextWriter writer, CanaryScoreReport report)
    {
        CanaryStatistics statistics = report.Statistics;
        double ceiling = Exposure.CeilingOf(statistics.References);
        PlainTable.Write(writer,
        [
            ["target", report.Target],
            ["scored by", $"{CanaryScoringOptions.Word(report.Measure)}: {CanaryScoringOptions.Unit(report.Measure)}"],
            ["canaries", $"{Wording.Count(statistics.Exposures.Count)} planted, {Wording.Count(statistics.References)} references"],
            ["exposure", $"mean {Mean(statistics.Mean, statistics.Exposures.Count(e => e.Exposure.IsSaturated))} bits; {Bits(Exposure.NullMean(statistics.References))} if the model never saw them; at most {Bits(ceiling)} can be shown"],
            ["p", $"{Probability(statistics.Randomization)} over {statistics.Design}"],
            ["", statistics.Randomization.Method],
        ]);

        writer.WriteLine();
        PlainTable.Write(writer,
        [
            ["duplicates", "canaries", "mean exposure (bits)", "beat every reference"],
            .. statistics.Strata.Select(s => (IReadOnlyList<string>)[s.Duplicates, Wording.Count(s.Canaries), Mean(s.Mean, s.Saturated), Wording.Count(s.Saturated)]),
        ]);

        writer.WriteLine();
        int most = Math.Max(1, statistics.Histogram.Max(b => b.Planted));
        PlainTable.Write(writer,
        [
            ["exposure (bits)", "canaries", "by chance", ""],
            .. statistics.Histogram.Select((bar, i) => (IReadOnlyList<string>)
            [
                i == statistics.Histogram.Count - 1 ? $"{bar.From} to >= {Bits(ceiling)}" : $"{bar.From} to {bar.From + 1}",
                Wording.Count(bar.Planted),
                (bar.NullShare * statistics.Exposures.Count).ToString("0.0", CultureInfo.InvariantCulture),
                new string('#', bar.Planted * WidestBar / most),
            ]),
        ]);
    }

    private static string Mean(double value, int saturated) => saturated > 0 ? ">= " + Bits(value) : Bits(value);

    private static string Bits(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Probability(RandomizationResult result) => result.IsUpperBound
        ? "at most " + result.PValue.ToString("0.#######", CultureInfo.InvariantCulture)
        : result.PValue.ToString(result.PValue < 0.001 ? "0.0E+0" : "0.0000", CultureInfo.InvariantCulture);
}
