namespace Recite.Metrics.Statistics;

/// <summary>
/// In how many completions each species was found. A species is whatever is counted once however often it comes out; it is fixed
/// before anything is asked, for instance the windows of a grid over the corpus.
/// </summary>
public sealed class SpeciesCounts
{
    private readonly int[] _frequencies;

    private SpeciesCounts(int[] frequencies, int completions) => (_frequencies, Completions) = (frequencies, completions);

    /// <summary>Completions that were looked at, those without a find included.</summary>
    public int Completions { get; }

    /// <summary>Species that were found.</summary>
    public int Found => _frequencies.Sum();

    /// <summary>The largest number of completions that one species was found in.</summary>
    public int MostOften => _frequencies.Length;

    /// <summary>Finds: each species counted once for each completion that holds it.</summary>
    public long Finds
    {
        get
        {
            long finds = 0;
            for (int times = 1; times <= _frequencies.Length; times++)
                finds += (long)times * this[times];
            return finds;
        }
    }

    /// <summary>f_r: species that were found in exactly this many completions.</summary>
    public int this[int times] => times >= 1 && times <= _frequencies.Length ? _frequencies[times - 1] : 0;

    /// <summary>Counts; each completion lists its species, in any order, doubles do not matter.</summary>
    public static SpeciesCounts Of(IReadOnlyList<IReadOnlyCollection<int>> completions)
    {
        var times = new Dictionary<int, int>();
        foreach (IReadOnlyCollection<int> completion in completions)
        {
            foreach (int species in completion.Distinct())
                times[species] = times.GetValueOrDefault(species) + 1;
        }

        return Of(times.Values, completions.Count);
    }

    internal static SpeciesCounts Of(IEnumerable<int> times, int completions)
    {
        var frequencies = new List<int>();
        foreach (int count in times)
        {
            while (frequencies.Count < count)
                frequencies.Add(0);
            if (count > 0)
                frequencies[count - 1]++;
        }

        return new SpeciesCounts([.. frequencies], completions);
    }
}
