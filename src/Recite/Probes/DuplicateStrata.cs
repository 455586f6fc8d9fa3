using System.Globalization;
using System.Numerics;

namespace Recite.Probes;

/// <summary>Strata by duplicates (M5): <c>0</c>, <c>1</c>, <c>2-3</c>, <c>4-7</c>, ... each twice as wide as the one before.</summary>
public static class DuplicateStrata
{
    /// <summary>The label of the stratum that a number of duplicates belongs to; its first number is the stratum's lower end.</summary>
    public static string Label(long duplicates)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(duplicates);
        if (duplicates <= 1)
            return duplicates.ToString(CultureInfo.InvariantCulture);
        long low = 1L << BitOperations.Log2((ulong)duplicates);
        return string.Create(CultureInfo.InvariantCulture, $"{low}-{low - 1 + low}");
    }

    /// <summary>The lower end of a label, by which strata are ordered.</summary>
    public static long LowerEnd(string label)
    {
        int dash = label.IndexOf('-', StringComparison.Ordinal);
        return long.Parse(dash < 0 ? label : label[..dash], CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Shares samples evenly over strata: a stratum smaller than its share gives all it has and the rest goes on; what does not divide
    /// evenly goes to the larger strata, one each.
    /// </summary>
    /// <param name="sizes">How many windows each stratum holds.</param>
    /// <param name="samples">How many to draw in all.</param>
    /// <returns>How many to draw from each.</returns>
    public static int[] Allocate(IReadOnlyList<int> sizes, int samples)
    {
        int[] shares = new int[sizes.Count];
        int[] smallestFirst = [.. Enumerable.Range(0, sizes.Count).OrderBy(i => sizes[i]).ThenBy(i => i)];
        int left = samples;
        for (int i = 0; i < smallestFirst.Length; i++)
        {
            // Rounding down here leaves the remainder to the strata that come later, which are the larger ones.
            int share = left / (smallestFirst.Length - i);
            int given = Math.Min(share, sizes[smallestFirst[i]]);
            shares[smallestFirst[i]] = given;
            left -= given;
        }

        return shares;
    }
}
