using Recite.Indexing.Segments;
using Recite.Indexing.Segments.Documents;

namespace Recite.Indexing.Corpora;

/// <summary>
/// Removes documents from an index: they match nothing, are nobody's source and have no number any more. Their text stays in the files until
/// <see cref="CorpusMerger"/> rewrites them. Numbers of the documents behind them become smaller, as in an index that never held them.
/// </summary>
public static class CorpusRemover
{
    /// <summary>Removes the documents with the given ids, all or none.</summary>
    /// <exception cref="ReciteException">There is no index, an id is unknown, nothing would be left, or the directory cannot be written.</exception>
    public static async Task<IndexManifest> RemoveAsync(string indexPath, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        await IndexTransaction.RunAsync(indexPath, IndexDirectory.OpenExisting, directory =>
        {
            using CorpusIndex index = CorpusIndex.Open(indexPath);
            IReadOnlyList<long> numbers = DocumentIds.Find(index, ids, cancellationToken);
            if (numbers.Count == index.DocumentCount)
                throw new ReciteException($"Nothing would be left of the index at '{indexPath}'; it is unchanged. Delete the directory instead.");

            var plan = new RemovalPlan(index, numbers);
            IReadOnlyList<ManifestSegment> segments = index.Manifest.Segments;
            ManifestSegment[] changed = [.. segments.Select((segment, i) => plan.Changes(i) ? Write(directory, segment, plan.Rows(i), plan.Bytes(i)) : segment)];
            return Task.FromResult(ManifestFile.WithSegments(index.Manifest, changed));
        });

    private static ManifestSegment Write(IndexDirectory directory, ManifestSegment segment, IReadOnlyList<RemovedRow> rows, long bytes)
    {
        using var part = new PartWriter(Path.Combine(directory.SegmentsPath, PartNames.FileName($"{PartNames.TemporaryPrefix}removed", PartNames.Of(PartKind.Removed))), PartKind.Removed);
        Span<byte> row = stackalloc byte[RemovedRow.Bytes];
        foreach (RemovedRow removed in rows)
        {
            removed.Write(row);
            part.Write(row);
        }

        ManifestPart finished = part.Finish(rows.Count);
        string name = PartNames.OfDigest('r', finished.Digest);
        part.Dispose();
        File.Move(part.TemporaryPath, Path.Combine(directory.SegmentsPath, PartNames.FileName(name, finished.Name)), overwrite: true);
        return segment with { Removed = new ManifestRemoved(name, rows.Count, rows.Count(removed => removed.TextIsDead), bytes, finished) };
    }
}
