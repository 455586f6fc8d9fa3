using System.IO.Hashing;
using Recite.Evidence;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;

namespace Recite.Controls.Ngram;

/// <summary>
/// Joins documents that share any span of at least the index's guarantee, or whose normalized texts are equal. Each document is looked up in
/// the whole index, so a document that was not looked up itself is joined to every one that was and shares text with it.
/// </summary>
internal sealed class DuplicateClusters(CorpusIndex index, Matcher matcher)
{
    // A document that repeats itself or a common passage so often that its relatives cannot be found in bounded time is not counted.
    private const long MostStepsPerDocument = 4_000_000;
    private const long StepsPerByte = 256;

    private readonly Dictionary<UInt128, Found> _texts = [];

    /// <summary>The clusters found so far.</summary>
    public ClusterUnion Union { get; } = new();

    /// <summary>Looks a document up; false where not every document that shares text with it could be found.</summary>
    /// <param name="document">Its number.</param>
    /// <param name="text">As much of its text, in UTF-8, as is counted.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public bool TryAdd(long document, ReadOnlySpan<byte> text, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> normalized = NormalizedPiece.Of(index.Normalizer, text);
        UInt128 digest = XxHash128.HashToUInt128(normalized.Span);
        if (!_texts.TryGetValue(digest, out Found known))
        {
            SharingDocuments sharing = matcher.FindSharingDocuments(normalized.Span, MostStepsPerDocument + (StepsPerByte * normalized.Length), cancellationToken);
            known = new Found(document, sharing.AreAll);
            _texts.Add(digest, known);
            foreach (long other in sharing.Documents)
                Union.Join(document, other);
        }

        Union.Join(document, known.First);
        return known.IsComplete;
    }

    /// <summary>The first document with a text, and whether everything that shares text with it was found.</summary>
    private readonly record struct Found(long First, bool IsComplete);
}
