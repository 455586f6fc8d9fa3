using Recite.Metrics.Statistics;
using Recite.SelfTest.Rows;

namespace Recite.SelfTest.Tests.Rows;

public sealed class UnseenSpeciesRowTest
{
    [Fact]
    public async Task Holds_with_Good_and_Toulmin()
    {
        RowMeasure measure = await Measure(new UnseenSpeciesRow());
        Assert.True(measure.Holds, measure.Measured);
    }

    [Fact]
    public async Task Fails_where_each_species_found_once_foretells_another() => await Fails(new UnseenSpeciesRow(foretell: counts => counts[1], reruns: 20));

    [Fact]
    public async Task Fails_with_all_there_are_in_place_of_as_many_completions_again() =>
        await Fails(new UnseenSpeciesRow(foretell: counts => UnseenSpecies.AtLeast(counts) - counts.Found, reruns: 20));

    [Fact]
    public async Task Fails_with_a_bootstrap_over_completions() => await Fails(new UnseenSpeciesRow(interval: Bootstrap, reruns: 20));

    private static async Task Fails(UnseenSpeciesRow row)
    {
        RowMeasure measure = await Measure(row);
        Assert.False(measure.Holds, measure.Measured);
    }

    private static Task<RowMeasure> Measure(UnseenSpeciesRow row) => row.MeasureAsync(SimulationContext.Instance, TestContext.Current.CancellationToken);

    private static Interval Bootstrap(IReadOnlyList<IReadOnlyCollection<int>> completions, Func<SpeciesCounts, double> estimate)
    {
        var random = new Random(1);
        double[] values = [.. Enumerable.Range(0, 100).Select(_ => estimate(SpeciesCounts.Of([.. completions.Select(_ => completions[random.Next(completions.Count)])]))).Order()];
        return new Interval(values[2], values[97], 0.95, "bootstrap");
    }
}
