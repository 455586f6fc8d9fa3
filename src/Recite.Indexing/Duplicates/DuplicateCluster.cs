using Recite.Indexing.Corpora;

namespace Recite.Indexing.Duplicates;

/// <summary>Documents of which one would do: the one to keep, and those that it makes superfluous.</summary>
/// <param name="Keep">The document to keep.</param>
/// <param name="Drop">The documents to drop, in document order; each is superfluous because of <paramref name="Keep"/> itself.</param>
public sealed record DuplicateCluster(DocumentEntry Keep, IReadOnlyList<SuperfluousDocument> Drop)
{
    /// <summary>Documents of the cluster.</summary>
    public int Documents => Drop.Count + 1;

    /// <summary>UTF-8 bytes of the texts of the documents to drop.</summary>
    public long DroppedBytes => Drop.Sum(dropped => dropped.Document.Bytes);
}

/// <summary>A document whose text another one has.</summary>
/// <param name="Document">The document.</param>
/// <param name="IsExact">Whether the two texts are equal byte for byte.</param>
/// <param name="Containment">Share of its word 5-grams that stand in the kept document, 0 to 1.</param>
public sealed record SuperfluousDocument(DocumentEntry Document, bool IsExact, double Containment);
