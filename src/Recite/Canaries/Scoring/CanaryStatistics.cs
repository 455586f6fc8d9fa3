using System.Globalization;
using Recite.Indexing;
using Recite.Metrics.Statistics;

namespace Recite.Canaries.Scoring;

/// <summary>A canary or decoy with its score.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Group">The group it was drawn in; -1 in lists without groups.</param>
/// <param name="IsPlanted">Whether it was planted.</param>
/// <param name="Duplicates">Copies that were planted.</param>
/// <param name="Score">Higher is more exposed; <see langword="null"/> where the target gave none.</param>
public sealed record ScoredCanary(string Id, int Group, bool IsPlanted, int Duplicates, double? Score);

/// <summary>A bar of the exposure histogram: exposures of at least <paramref name="From"/> and less than one bit more.</summary>
/// <param name="From">Its lower end, in bits.</param>
/// <param name="Planted">Planted canaries in it.</param>
/// <param name="NullShare">The share of ranks in it: what is expected of canaries that the target never saw.</param>
public sealed record ExposureBar(int From, int Planted, double NullShare);

/// <summary>Exposures of the canaries that were planted equally often.</summary>
/// <param name="Duplicates">How many copies of each were planted.</param>
/// <param name="Canaries">Canaries in it with a score.</param>
/// <param name="Mean">Their mean exposure, in bits; a lower bound where some are saturated.</param>
/// <param name="Saturated">How many of them beat every reference.</param>
public sealed record ExposureStratum(string Duplicates, int Canaries, double Mean, int Saturated);

/// <summary>What follows from the scores, and from them alone: <c>canary verify</c> works it out again.</summary>
public sealed record CanaryStatistics
{
    // Values of the test are whole numbers, so that their sums can be counted: exposures in steps of 1/256 or 1/16 bit.
    private const int FineSteps = 256;
    private const int CoarseSteps = 16;
    private const int FineGroups = 100;

    /// <summary>Exposure of each planted canary with a score, in the order of the list.</summary>
    public required IReadOnlyList<CanaryExposure> Exposures { get; init; }

    /// <summary>Decoys with a score: N.</summary>
    public required int References { get; init; }

    /// <summary>Mean exposure in bits; a lower bound where some are saturated.</summary>
    public required double Mean { get; init; }

    /// <summary>The histogram, from 0 bits to the ceiling.</summary>
    public required IReadOnlyList<ExposureBar> Histogram { get; init; }

    /// <summary>Exposures by duplicates.</summary>
    public required IReadOnlyList<ExposureStratum> Strata { get; init; }

    /// <summary>The randomization test over the coin flips.</summary>
    public required RandomizationResult Randomization { get; init; }

    /// <summary>Which assignments the test runs over.</summary>
    public required string Design { get; init; }

    /// <summary>What is summed, and in which unit.</summary>
    public required string Statistic { get; init; }

    /// <summary>Whether a recorded coin decided the roles, so that the p-value assumes nothing.</summary>
    public required bool IsProof { get; init; }

    /// <summary>Computes everything.</summary>
    /// <param name="scored">All canaries and decoys.</param>
    /// <param name="seed">Random seed for the case that assignments must be drawn.</param>
    /// <exception cref="ReciteException">There are no planted canaries or no decoys with a score, or a group has not exactly one planted.</exception>
    public static CanaryStatistics Compute(IReadOnlyList<ScoredCanary> scored, ulong seed)
    {
        double[] references = [.. scored.Where(s => s is { IsPlanted: false, Score: not null }).Select(s => s.Score!.Value).Order()];
        ScoredCanary[] planted = [.. scored.Where(s => s is { IsPlanted: true, Score: not null })];
        if (references.Length == 0 || planted.Length == 0)
            throw new ReciteException("There is no planted canary or no decoy with a score, so nothing can be compared; score a list with both.");

        CanaryExposure[] exposures = [.. planted.Select(c => new CanaryExposure(c, Exposure.Of(c.Score!.Value, references)))];
        bool hasGroups = scored.All(s => s.Group >= 0);
        int groups = hasGroups ? scored.Max(s => s.Group) + 1 : 0;
        int steps = groups is > 0 and <= FineGroups ? FineSteps : CoarseSteps;
        long[] values = Values(scored, steps);
        return new CanaryStatistics
        {
            Exposures = exposures,
            References = references.Length,
            Mean = exposures.Average(e => e.Exposure.Bits),
            Histogram = [.. Bars(exposures, references.Length)],
            Strata = [.. Stratify(exposures)],
            Randomization = hasGroups ? ByGroup(scored, values, seed) : RandomizationTest.Subset(values, [.. scored.Select(s => s.IsPlanted)], seed),
            Design = hasGroups ? "one text of each group, by a coin flip after generation" : "any subset of this size; no coin flip was recorded, so this assumes that planted and reference texts were drawn alike",
            Statistic = FormattableString.Invariant($"sum over planted of log2(T + 1) - log2(rank among all T scored texts), in 1/{steps} bit"),
            IsProof = hasGroups,
        };
    }

    private static RandomizationResult ByGroup(IReadOnlyList<ScoredCanary> scored, long[] values, ulong seed)
    {
        var groups = new SortedDictionary<int, List<int>>();
        for (int i = 0; i < scored.Count; i++)
        {
            if (!groups.TryGetValue(scored[i].Group, out List<int>? members))
                groups.Add(scored[i].Group, members = []);
            members.Add(i);
        }

        foreach ((int group, List<int> members) in groups)
        {
            if (members.Count(i => scored[i].IsPlanted) != 1)
                throw new ReciteException($"Group {group} of the canary list has not exactly one planted text, so its roles are not those of the coin.");
        }

        return RandomizationTest.OneOfEach(
            [.. groups.Values.Select(members => (IReadOnlyList<long>)[.. members.Select(i => values[i])])],
            [.. groups.Values.Select(members => members.FindIndex(i => scored[i].IsPlanted))],
            seed);
    }

    // By rank among all texts, whatever their roles: under the null these numbers do not depend on the coin. No score is the least.
    private static long[] Values(IReadOnlyList<ScoredCanary> scored, int steps)
    {
        double[] all = [.. scored.Where(s => s.Score is not null).Select(s => s.Score!.Value).Order()];
        return [.. scored.Select(s => s.Score is { } score
            ? (long)Math.Round(steps * (Math.Log2(all.Length + 1.0) - Math.Log2(Exposure.Of(score, all).Rank - 1)))
            : 0)];
    }

    private static IEnumerable<ExposureBar> Bars(CanaryExposure[] exposures, int references)
    {
        int[] ranks = new int[(int)Exposure.CeilingOf(references) + 1];
        for (int rank = 1; rank <= references + 1; rank++)
            ranks[(int)new Exposure(rank, references).Bits]++;
        return ranks.Select((count, bits) => new ExposureBar(bits, exposures.Count(e => (int)e.Exposure.Bits == bits), count / (references + 1.0)));
    }

    private static IEnumerable<ExposureStratum> Stratify(CanaryExposure[] exposures) => exposures
        .GroupBy(e => e.Canary.Duplicates)
        .OrderBy(g => g.Key)
        .Select(g => new ExposureStratum(g.Key.ToString(CultureInfo.InvariantCulture), g.Count(), g.Average(e => e.Exposure.Bits), g.Count(e => e.Exposure.IsSaturated)));
}

/// <summary>A planted canary and how exposed it is.</summary>
public sealed record CanaryExposure(ScoredCanary Canary, Exposure Exposure);
