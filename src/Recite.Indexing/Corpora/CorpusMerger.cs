using System.Runtime.CompilerServices;
using Recite.Indexing.Segments;

namespace Recite.Indexing.Corpora;

/// <summary>
/// Rewrites an index into full segments without the documents that were removed: the files are those that a build of the remaining documents,
/// in their order, would write, and the text of removed documents is in none of them. Killed at any moment it leaves the old index or the new one.
/// </summary>
public static class CorpusMerger
{
    /// <summary>Merges the index at <paramref name="indexPath"/>. Needs room for a second index while it works.</summary>
    /// <returns>The manifest of the merged index; that of the old one where a merge would change nothing.</returns>
    /// <exception cref="ReciteException">There is no index, it is damaged or being written, or the disk is full.</exception>
    public static async Task<IndexManifest> MergeAsync(
        string indexPath, CorpusBuildOptions options, IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        options.RequireMemory();
        return await IndexTransaction.RunAsync(indexPath, IndexDirectory.OpenExisting, async directory =>
        {
            using CorpusIndex index = CorpusIndex.Open(indexPath);
            if (index.Manifest is { Removed: 0, Segments.Count: 1 })
                return index.Manifest;
            SegmentPlan plan = index.Plan;
            List<ManifestSegment> segments = await CorpusBuilder.WriteSegmentsAsync(
                ReadAsync(index, cancellationToken), directory, plan, null, options with { Guarantee = plan.Sampling.Guarantee }, progress, cancellationToken);
            return ManifestFile.Describe(plan, segments);
        });
    }

    /// <summary>The documents that were not removed, in their order.</summary>
    private static async IAsyncEnumerable<Document> ReadAsync(CorpusIndex index, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long number = 0; number < index.DocumentCount; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DocumentEntry entry = index.GetDocument(number);
            yield return new Document(entry.Id, entry.Uri, index.ReadText(number, 0, checked((int)entry.Bytes)));
        }

        await Task.CompletedTask;
    }
}
