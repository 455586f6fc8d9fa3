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

    /// <summary>Bytes of text that a document may have; only one that can be cut nowhere makes a block as large.</summary>
    public const int LargestDocumentBytes = 512 << 20;

    /// <summary>Bytes that a byte of text may become when it is normalized, with its gaps: U+FDFA has 3 and becomes 33.</summary>
    public const int MostNormalizedBytesPerByte = 12;

    /// <summary>Bytes beside those of the texts in a block: the gap of an empty document, and less than a stride for it and for the batch.</summary>
    public const int MostGapBytesOfBlock = 2 * SamplingPlan.LargestGuarantee;

    /// <summary>Between documents and behind the last one: never part of UTF-8, so no match crosses it.</summary>
    public const byte Gap = 0xFF;
}
