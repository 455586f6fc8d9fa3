using System.Globalization;
using Recite.Metrics.Statistics;

namespace Recite.SelfTest.Rows;

/// <summary>
/// T1: what the bundled model gives back rises with the number of copies, from nothing at none; canary by canary it is what the lab's own
/// decoder got back, which shares no code with the product's; and the exposures that half of them need are known over several random seeds.
/// </summary>
/// <param name="hits">Asks the model; as an audit does if <see langword="null"/>.</param>
/// <param name="benchFile">Results of <c>lab/bench</c>; beside the model's directory if <see langword="null"/>.</param>
public sealed class DoseResponseRow(CanaryHits? hits = null, string? benchFile = null) : ISelfTestRow
{
    private const int MostCopies = 64;
    private const double LeastRate = 0.9;
    private const int LeastNeverPlanted = 1_000;
    private const double MostExcluded = 0.0037;
    private const double Confidence = 0.95;

    private readonly CanaryHits _hits = hits ?? CanaryWindows.AskAsync;

    /// <inheritdoc/>
    public string Id => "T1";

    /// <inheritdoc/>
    public string Bar => "canaries: at least 90 % back at 64 copies, 0 of 1,000 never planted; the same ones as an independent decoder; exposures-50 with interval over 3 seeds";

    /// <inheritdoc/>
    public async Task<RowMeasure> MeasureAsync(SelfTestContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        IndependentExtraction extraction = IndependentExtraction.Read(context.ModelDirectory);
        Dictionary<string, CanaryOutcome> theirs = extraction.Canaries.ToDictionary(outcome => outcome.Id, StringComparer.Ordinal);

        // :: Step 1: both windows of every canary, by us and by the decoder that knows nothing of us.
        IReadOnlyList<CanaryWindow> windows = CanaryWindows.FromBeginning(context, extraction);
        IReadOnlyList<bool> fromBeginning = await _hits(context.Target, windows, cancellationToken);
        IReadOnlyList<bool> atOffset = await _hits(context.Target, CanaryWindows.AtOffset(context, extraction), cancellationToken);
        int foreign = theirs.Count - windows.Count(window => theirs.ContainsKey(window.Canary.Id));
        int differences = foreign + windows.Index().Sum(window => theirs.TryGetValue(window.Item.Canary.Id, out CanaryOutcome? outcome)
            ? (outcome.Extracted == fromBeginning[window.Index] ? 0 : 1) + (outcome.ExtractedAtOffset == atOffset[window.Index] ? 0 : 1)
            : 1);

        // :: Step 2: the two ends of the curve.
        (int back, int planted) = Count(windows, fromBeginning, MostCopies);
        (int backAtOffset, _) = Count(windows, atOffset, MostCopies);
        (int chance, int neverPlanted) = Count(windows, fromBeginning, 0);
        (int chanceAtOffset, _) = Count(windows, atOffset, 0);
        double excluded = neverPlanted == 0 ? 1 : ClopperPearson.TwoSided(chance + chanceAtOffset, neverPlanted, Confidence).High;

        // :: Step 3: its middle, for this model and over the random seeds of the bench.
        IReadOnlyList<SizeExposures> sizes = BenchExposures.Read(benchFile ?? Path.Combine(context.ModelDirectory, "..", "bench.json")).OverSeeds(Confidence);
        DoseResponse own = DoseResponse.Estimate(
            [.. theirs.Values.Where(outcome => outcome.Exposures > 0).GroupBy(outcome => outcome.Exposures).Select(level => new DoseLevel(
                level.Key, windows.Index().Count(window => fromBeginning[window.Index] && theirs.GetValueOrDefault(window.Item.Canary.Id)?.Exposures == level.Key), level.Count()))],
            Confidence);

        string measured = string.Create(
            CultureInfo.InvariantCulture,
            $"{back} and {backAtOffset} of {planted} back at {MostCopies} copies (from the beginning, at an offset); {chance} and {chanceAtOffset} of {neverPlanted:#,0} never planted (at most {excluded * 100:F2} %); {differences} differences to the independent decoder in {2 * windows.Count:#,0} windows; exposures-50: bundled {own.Exposures50:F0} [{own.Low:F0}, {own.High:F0}]; {(sizes.Count == 0 ? $"no size of the bench has {BenchExposures.LeastSeeds} random seeds with an estimate" : string.Join(", ", sizes))}");
        bool holds = planted > 0 && back >= LeastRate * planted && backAtOffset >= LeastRate * planted
            && neverPlanted >= LeastNeverPlanted && chance + chanceAtOffset == 0 && excluded <= MostExcluded
            && differences == 0
            && sizes.Count > 0;
        return new RowMeasure(measured, holds);
    }

    private static (int Hits, int Canaries) Count(IReadOnlyList<CanaryWindow> windows, IReadOnlyList<bool> hits, int copies) => (
        windows.Index().Count(window => window.Item.Canary.Duplicates == copies && hits[window.Index]),
        windows.Count(window => window.Canary.Duplicates == copies));
}
