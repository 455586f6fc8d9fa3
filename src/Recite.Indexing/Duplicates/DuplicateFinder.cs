using Recite.Indexing.Corpora;

namespace Recite.Indexing.Duplicates;

/// <summary>
/// Which documents of a corpus are superfluous? Clusters come in the order of the risk they carry: what stands in a corpus most often is
/// what a model learns by heart (Lee et al. 2021, Kandpal et al. 2022), so those of most documents first, then those of most bytes to drop.
/// </summary>
public static class DuplicateFinder
{
    /// <summary>Documents whose texts are equal byte for byte; the first of each text is kept.</summary>
    public static IReadOnlyList<DuplicateCluster> FindExact(CorpusIndex index, CancellationToken cancellationToken)
    {
        var originals = new HashSet<long>();
        foreach (Segments.SegmentReader segment in index.Segments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (long i = 0; i < segment.Copies.Count; i++)
                originals.Add(segment.Copies[i].Original);
        }

        return InOrderOfRisk(originals
            .Select(index.Rows.LocateRow)
            .Select(row => index.Rows.DocumentsOf(row.Segment, row.Local).ToArray())
            .Where(documents => documents.Length > 1)
            .Select(documents => MakeCluster(index, documents, [])));
    }

    /// <summary>
    /// Documents that stand in another one, whole or nearly: at least the threshold of their distinct word 5-grams are also in the document
    /// that is kept, which has as many or more. Exact copies are among them.
    /// </summary>
    /// <exception cref="ReciteException">The folder for temporary files cannot be written.</exception>
    public static IReadOnlyList<DuplicateCluster> FindNear(CorpusIndex index, NearDuplicateOptions options, CancellationToken cancellationToken)
    {
        LiveTexts texts = LiveTexts.Of(index);
        NearTexts near = new NearTextSearch(index, texts, options).Run(cancellationToken);
        IEnumerable<DuplicateCluster> withNear = near.Groups().Select(group => MakeCluster(
            index,
            [.. texts.DocumentsOf(group.Kept)],
            [.. group.Superfluous.Select(text => (texts.DocumentsOf(text), near.ContainmentOf(text)))]));

        // A text that stays may still have copies, and a text without any word is compared with none.
        IEnumerable<DuplicateCluster> exactOnly = Enumerable.Range(0, texts.Count).Where(text => near.IsAlone(text) && texts.CountDocumentsOf(text) > 1)
            .Select(text => MakeCluster(index, [.. texts.DocumentsOf(text)], []));
        return InOrderOfRisk(withNear.Concat(exactOnly));
    }

    private static List<DuplicateCluster> InOrderOfRisk(IEnumerable<DuplicateCluster> clusters) =>
        [.. clusters.OrderByDescending(cluster => cluster.Documents).ThenByDescending(cluster => cluster.DroppedBytes).ThenBy(cluster => cluster.Keep.Number)];

    private static DuplicateCluster MakeCluster(CorpusIndex index, long[] same, IReadOnlyList<(IEnumerable<long> Documents, double Containment)> near)
    {
        IEnumerable<SuperfluousDocument> exact = same.Skip(1).Select(number => new SuperfluousDocument(index.GetDocument(number), true, 1));
        IEnumerable<SuperfluousDocument> others = near.SelectMany(text =>
            text.Documents.Select(number => new SuperfluousDocument(index.GetDocument(number), false, text.Containment)));
        return new DuplicateCluster(index.GetDocument(same[0]), [.. exact.Concat(others).OrderBy(dropped => dropped.Document.Number)]);
    }
}
