using Recite.Indexing.Sampling;

namespace Recite.Indexing.Matching;

/// <summary>The hash of the k-gram at every position of a normalized text, made once for all segments.</summary>
internal readonly ref struct QueryGrams
{
    private readonly ReadOnlySpan<ulong> _hashes;

    private QueryGrams(ReadOnlySpan<ulong> hashes) => _hashes = hashes;

    public static QueryGrams Of(ReadOnlySpan<byte> text, SamplingPlan sampling)
    {
        var hashes = new ulong[Math.Max(0, text.Length - sampling.Gram + 1)];
        GramHash.ComputeEach(text, sampling.Gram, hashes);
        return new QueryGrams(hashes);
    }

    /// <summary>The hashes of so many positions.</summary>
    public ReadOnlySpan<ulong> At(int position, int count) => _hashes.Slice(position, count);
}
