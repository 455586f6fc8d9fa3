using Recite.Indexing.Segments;

namespace Recite.Indexing.Corpora;

/// <summary>
/// Adds documents to an index: new segments behind those that are there, of the same normalization, guarantee and store. Killed at any
/// moment it leaves the index as it was or with all of the new documents. Readers that are open go on with what they opened.
/// </summary>
public static class CorpusAdder
{
    /// <summary>Adds <paramref name="documents"/> behind those that the index holds.</summary>
    /// <param name="documents">
    /// The documents, given the index as it is once nobody else can change it; their ids must be new, see <see cref="DocumentIds.Read"/>.
    /// </param>
    /// <param name="indexPath">The index.</param>
    /// <param name="options">Memory and threads; guarantee, normalization and store are those of the index.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellationToken">Stops it; the index is then as it was.</param>
    /// <exception cref="ReciteException">There is no index, it is damaged or being written, there is no document, or the disk is full.</exception>
    public static async Task<IndexManifest> AddAsync(
        Func<CorpusIndex, IAsyncEnumerable<Document>> documents,
        string indexPath,
        CorpusBuildOptions options,
        IProgress<BuildProgress>? progress,
        CancellationToken cancellationToken)
    {
        options.RequireMemory();
        return await IndexTransaction.RunAsync(indexPath, IndexDirectory.OpenExisting, async directory =>
        {
            using CorpusIndex known = CorpusIndex.Open(indexPath);
            SegmentPlan plan = known.Plan;
            List<ManifestSegment> added = await CorpusBuilder.WriteSegmentsAsync(documents(known), directory, plan, known, options with { Guarantee = plan.Sampling.Guarantee }, progress, cancellationToken);
            return added.Count > 0
                ? ManifestFile.WithSegments(known.Manifest, [.. known.Manifest.Segments, .. added])
                : throw new ReciteException($"No document was found in the input; the index at '{indexPath}' is unchanged.");
        });
    }
}
