namespace Recite.Metrics.Statistics;

/// <summary>
/// The interval of an estimate from species counts by leaving out one group of completions at a time (Quenouille 1949; Tukey 1958; with
/// groups, Shao and Tu 1995, The Jackknife and Bootstrap, section 2.3): variance (G - 1) / G times the squares about the mean of what the
/// other groups give, with Student's t of G - 1. A bootstrap over completions would not do: drawing with repetition destroys the species
/// that were found once, and these carry the estimate.
/// </summary>
public static class GroupJackknife
{
    /// <summary>Groups that completions are dealt into, one after the other.</summary>
    public const int Groups = 50;

    /// <summary>The <c>method</c> that its intervals carry.</summary>
    public const string Method = "delete-group jackknife over 50 groups";

    /// <summary>The interval of <paramref name="estimate"/>, from 0 up.</summary>
    /// <param name="completions">The species of each completion, in an order that has nothing to do with them; at least one a group.</param>
    /// <param name="estimate">What is estimated.</param>
    /// <param name="confidence">Coverage, strictly between 0 and 1.</param>
    public static Interval Around(IReadOnlyList<IReadOnlyCollection<int>> completions, Func<SpeciesCounts, double> estimate, double confidence)
    {
        if (completions.Count < Groups)
            throw new ArgumentException($"Leaving out one of {Groups} groups needs a completion in each.", nameof(completions));
        var times = new Dictionary<int, int>();
        var inGroup = new Dictionary<int, int>[Groups];
        for (int group = 0; group < Groups; group++)
            inGroup[group] = [];
        for (int i = 0; i < completions.Count; i++)
        {
            foreach (int species in completions[i].Distinct())
            {
                times[species] = times.GetValueOrDefault(species) + 1;
                inGroup[i % Groups][species] = inGroup[i % Groups].GetValueOrDefault(species) + 1;
            }
        }

        double whole = estimate(SpeciesCounts.Of(times.Values, completions.Count));
        double[] without = [.. inGroup.Select((group, number) => estimate(SpeciesCounts.Of(
            times.Select(s => s.Value - group.GetValueOrDefault(s.Key)),
            completions.Count - CountInGroup(number, completions.Count))))];
        double mean = without.Average();
        double variance = (Groups - 1.0) / Groups * without.Sum(w => (w - mean) * (w - mean));
        double width = StudentT.Quantile((1 + confidence) / 2, Groups - 1) * Math.Sqrt(variance);
        return new Interval(Math.Max(0, whole - width), Math.Max(0, whole + width), confidence, Method);
    }

    private static int CountInGroup(int group, int completions) => (completions / Groups) + (group < completions % Groups ? 1 : 0);
}
