using Recite.Metrics.Statistics;
using Recite.Probes;

namespace Recite.Tests.Metrics.Statistics;

public sealed class UnseenSpeciesTest
{
    private static readonly SpeciesCounts s_example = SpeciesCounts.Of([1, 1, 2, 1], 20);

    [Fact]
    public void Are_the_worked_examples_of_their_documentation()
    {
        Assert.Equal(0.6, UnseenSpecies.MissingMass(s_example), 1e-12);
        Assert.Equal(2, UnseenSpecies.GoodToulmin(s_example, 1), 1e-12);
        Assert.Equal(1.25, UnseenSpecies.GoodToulmin(s_example, 0.5), 1e-12);
        Assert.Equal(((12 * 5) - 16) / 9.0, UnseenSpecies.Smoothed(s_example, 4), 1e-9);
        Assert.Equal(5.35, UnseenSpecies.AtLeast(SpeciesCounts.Of([1, 1, 2, 1], 10)), 1e-12);
    }

    [Fact]
    public void A_species_counts_once_for_each_completion_that_holds_it()
    {
        SpeciesCounts counts = SpeciesCounts.Of([(int[])[1, 1, 2], (int[])[], (int[])[2], (int[])[3]]);
        Assert.Equal((3, 4L, 2, 1, 4), (counts.Found, counts.Finds, counts[1], counts[2], counts.Completions));
    }

    [Fact]
    public void Refuse_the_range_that_is_not_theirs()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => UnseenSpecies.GoodToulmin(s_example, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => UnseenSpecies.GoodToulmin(s_example, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => UnseenSpecies.Smoothed(s_example, 1));
    }

    [Fact]
    public void Nothing_found_leaves_everything_missing()
    {
        var nothing = SpeciesCounts.Of([(int[])[], (int[])[]]);
        Assert.Equal((1.0, 0.0, 0.0), (UnseenSpecies.MissingMass(nothing), UnseenSpecies.GoodToulmin(nothing, 1), UnseenSpecies.AtLeast(nothing)));
    }

    [Fact]
    public void Foretell_what_further_completions_bring()
    {
        const int Rounds = 40;
        double foretold = 0, missing = 0, farther = 0, found = 0, missed = 0, found4 = 0;
        for (int round = 0; round < Rounds; round++)
        {
            (int[][] first, int[][] more, double[] chances) = Simulate(SeededRandom.For(7, $"species {round}"), 600, 3);
            SpeciesCounts counts = SpeciesCounts.Of(first);
            HashSet<int> seen = [.. first.SelectMany(c => c)];
            foretold += UnseenSpecies.GoodToulmin(counts, 1) / Rounds;
            farther += UnseenSpecies.Smoothed(counts, 3) / Rounds;
            missing += UnseenSpecies.MissingMass(counts) / Rounds;
            found += (double)more.Take(600).SelectMany(c => c).Distinct().Count(s => !seen.Contains(s)) / Rounds;
            found4 += (double)more.SelectMany(c => c).Distinct().Count(s => !seen.Contains(s)) / Rounds;
            missed += chances.Where((_, s) => !seen.Contains(s)).Sum() / chances.Sum() / Rounds;
        }

        Assert.InRange(foretold / found, 0.95, 1.05);
        Assert.InRange(missing / missed, 0.95, 1.05);
        Assert.InRange(farther / found4, 0.8, 1.2);
    }

    [Fact]
    public void The_jackknife_covers_what_is_then_found()
    {
        const int Rounds = 60;
        int covered = 0;
        for (int round = 0; round < Rounds; round++)
        {
            (int[][] first, int[][] more, _) = Simulate(SeededRandom.For(8, $"jackknife {round}"), 600, 1);
            HashSet<int> seen = [.. first.SelectMany(c => c)];
            Interval interval = GroupJackknife.Around(first, counts => UnseenSpecies.GoodToulmin(counts, 1), 0.95);
            int found = more.Take(600).SelectMany(c => c).Distinct().Count(s => !seen.Contains(s));
            covered += interval.Low <= found && found <= interval.High ? 1 : 0;
        }

        Assert.True(covered >= 54, $"{covered} of {Rounds}");
    }

    // Two species a completion on average, of a few hundred whose chances fall as one over their rank.
    private static (int[][] First, int[][] More, double[] Chances) Simulate(SeededRandom seeded, int completions, int times)
    {
        var random = new NormalNumbers(seeded);
        double[] chances = [.. Enumerable.Range(0, 500).Select(s => 0.25 / (s + 5))];
        int[][] all = [.. Enumerable.Range(0, (1 + times) * completions).Select(_ => Enumerable.Range(0, chances.Length).Where(s => random.Uniform() < chances[s]).ToArray())];
        return (all[..completions], all[completions..], chances);
    }
}
