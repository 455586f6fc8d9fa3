using System.Globalization;

namespace Recite.Lab.Bench;

/// <summary>What a model of the bench is for.</summary>
internal enum BenchRole
{
    /// <summary>Saw the canaries.</summary>
    Planted,

    /// <summary>Saw other canaries in their place: whatever it returns of the twin's canaries is not memory.</summary>
    Twin,

    /// <summary>Saw the canaries and was taught to repeat a word without end.</summary>
    Repeater,
}

/// <summary>One model that the bench trains; a twin is compared with the planted model of the same size and random seed.</summary>
internal sealed record BenchModel(BenchRole Role, string Size, Recipe Recipe)
{
    private static readonly ulong[] s_seeds = [1, 2, 3];

    /// <summary>All of them, the quick ones first.</summary>
    public static IReadOnlyList<BenchModel> All { get; } = [.. Models()];

    /// <summary>Added to the random seed for canaries that stand in for the canaries in a twin's corpus.</summary>
    public const ulong StandInSeed = 1_000;

    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Size}-{Role}-{Recipe.Seed}").ToLowerInvariant();

    private static IEnumerable<BenchModel> Models()
    {
        foreach ((string size, Recipe recipe) in ((string, Recipe)[])[("small", Recipe.Small), ("medium", Recipe.Medium)])
        {
            foreach (ulong seed in s_seeds)
                yield return new BenchModel(BenchRole.Planted, size, recipe with { Seed = seed });
            yield return new BenchModel(BenchRole.Twin, size, recipe with { Seed = s_seeds[0] });
            if (size == "small")
                yield return new BenchModel(BenchRole.Repeater, size, recipe with { Seed = s_seeds[0] });
        }
    }
}
