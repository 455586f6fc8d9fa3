using System.Runtime.CompilerServices;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Corpora;

/// <summary>Cuts a stream of documents into batches of about a mebibyte, the same for every number of workers.</summary>
internal static class DocumentBatches
{
    private const long BatchBytes = 1 << 20;

    // Tiny documents (dictionary entries) cost more by their number than by their length.
    private const int BatchDocuments = 4096;

    public static async IAsyncEnumerable<List<Document>> CutAsync(
        IAsyncEnumerable<Document> documents, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<Document> batch = [];
        long bytes = 0;
        await foreach (Document document in documents.WithCancellation(cancellationToken))
        {
            if (document.Text.Length > SegmentPlan.LargestDocumentBytes)
                throw new ReciteException($"The document '{document.Id}' has {document.Text.Length} bytes of text, and one may have {SegmentPlan.LargestDocumentBytes}. Split it.");
            batch.Add(document);
            bytes += document.Text.Length;
            if (bytes < BatchBytes && batch.Count < BatchDocuments)
                continue;
            yield return batch;
            (batch, bytes) = ([], 0);
        }

        if (batch.Count > 0)
            yield return batch;
    }
}
