using System.Globalization;
using Recite.Metrics.Statistics;

namespace Recite.SelfTest.Rows;

/// <summary>
/// T9: what Good and Toulmin foretell for twice the completions, against what twice the completions then hold. Each rerun draws from species
/// whose chances fall with their rank, about two a completion.
/// </summary>
/// <param name="foretell">New species in as many completions again; Good-Toulmin where it is <see langword="null"/>.</param>
/// <param name="interval">Its 95 % interval; the delete-group jackknife where it is <see langword="null"/>.</param>
/// <param name="reruns">How often it is done.</param>
public sealed class UnseenSpeciesRow(
    Func<SpeciesCounts, double>? foretell = null,
    Func<IReadOnlyList<IReadOnlyCollection<int>>, Func<SpeciesCounts, double>, Interval>? interval = null,
    int reruns = 100) : ISelfTestRow
{
    private const int Completions = 500;
    private const int Species = 800;
    private const double LeastCovered = 0.93, MostBias = 0.05;

    private readonly Func<SpeciesCounts, double> _foretell = foretell ?? (counts => UnseenSpecies.GoodToulmin(counts, 1));
    private readonly Func<IReadOnlyList<IReadOnlyCollection<int>>, Func<SpeciesCounts, double>, Interval> _interval =
        interval ?? ((completions, estimate) => GroupJackknife.Around(completions, estimate, 0.95));

    /// <inheritdoc/>
    public string Id => "T9";

    /// <inheritdoc/>
    public string Bar => "new species at twice the completions, 100 reruns: covered >= 93, mean bias <= 5 %";

    /// <inheritdoc/>
    public Task<RowMeasure> MeasureAsync(SelfTestContext context, CancellationToken cancellationToken)
    {
        double[] chances = [.. Enumerable.Range(0, Species).Select(rank => 0.4 / (rank + 4))];
        int covered = 0;
        double foretold = 0, found = 0;
        for (int rerun = 0; rerun < reruns; rerun++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var random = new SimulatedNumbers(context.Seed, 200 + rerun);
            int[][] first = Draw(random, chances), second = Draw(random, chances);
            HashSet<int> seen = [.. first.SelectMany(completion => completion)];
            int fresh = second.SelectMany(completion => completion).Distinct().Count(species => !seen.Contains(species));
            Interval around = _interval(first, _foretell);
            covered += around.Low <= fresh && fresh <= around.High ? 1 : 0;
            foretold += _foretell(SpeciesCounts.Of(first));
            found += fresh;
        }

        double bias = (foretold / found) - 1;
        return Task.FromResult(new RowMeasure(
            string.Create(CultureInfo.InvariantCulture, $"covered {covered} of {reruns}, mean bias {bias * 100:+0.0;-0.0} %"),
            covered >= LeastCovered * reruns && Math.Abs(bias) <= MostBias));
    }

    private static int[][] Draw(SimulatedNumbers random, double[] chances) =>
        [.. Enumerable.Range(0, Completions).Select(_ => Enumerable.Range(0, chances.Length).Where(species => random.Uniform() < chances[species]).ToArray())];
}
