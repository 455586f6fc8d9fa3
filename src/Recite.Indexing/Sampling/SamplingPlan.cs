namespace Recite.Indexing.Sampling;

/// <summary>
/// Which k-grams of the corpus are indexed: those at 0, s, 2s, ... with s = g - k + 1. Any common run of g bytes contains
/// s consecutive k-gram positions, hence a sampled one: recall is guaranteed at g and above (Khan et al. 2009 for sparse
/// suffix arrays; the query side looks up every position).
/// </summary>
/// <param name="Guarantee">g: length in normalized bytes from which every common run is found.</param>
/// <param name="Gram">k: bytes of a k-gram, a multiple of 8.</param>
public sealed record SamplingPlan(int Guarantee, int Gram)
{
    /// <summary>Shortest guarantee accepted: below it the index grows past a quarter of the text.</summary>
    public const int SmallestGuarantee = 30;

    /// <summary>Longest guarantee accepted.</summary>
    public const int LargestGuarantee = 4096;

    /// <summary>s: distance between sampled positions.</summary>
    public int Stride => Guarantee - Gram + 1;

    /// <summary>The plan for a guarantee; short k-grams for short guarantees, where a long one would leave no stride.</summary>
    /// <exception cref="ReciteException">The guarantee is outside the accepted range.</exception>
    public static SamplingPlan For(int guarantee)
    {
        if (guarantee is < SmallestGuarantee or > LargestGuarantee)
            throw new ReciteException($"A guarantee of {guarantee} bytes is not possible: choose {SmallestGuarantee} to {LargestGuarantee} (tested: 32, 64, 128, 200).");

        int gram = guarantee switch
        {
            < 48 => 16,
            < 96 => 24,
            _ => 32,
        };
        return new SamplingPlan(guarantee, gram);
    }
}
