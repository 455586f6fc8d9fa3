using Recite.Indexing.Sampling;
using Recite.Indexing.Text;

namespace Recite.Indexing.Segments;

/// <summary>What every segment of one index has in common.</summary>
internal sealed record SegmentPlan(TextNormalizer Normalizer, SamplingPlan Sampling, TextStore Store)
{
    /// <summary>
    /// Original bytes after which a block is closed at the next place where normalization can be cut. Larger blocks compress
    /// a little better; these keep a decoded block out of the large-object heap, which is what a query waits for.
    /// </summary>
    public const int BlockBytes = 32 << 10;

    /// <summary>Between documents and behind the last one: never part of UTF-8, so no match crosses it.</summary>
    public const byte Gap = 0xFF;
}
