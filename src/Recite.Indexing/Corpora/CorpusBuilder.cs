using System.Threading.Channels;
using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;
using Recite.Indexing.Segments.Documents;
using Recite.Indexing.Text;

namespace Recite.Indexing.Corpora;

/// <summary>
/// Builds an index in one pass over the documents, in bounded memory and on every core. The bytes on disk depend on the
/// documents, their order and the options, not on the number of workers. Killed at any moment it leaves the old index or none.
/// </summary>
public static class CorpusBuilder
{
    /// <summary>Builds the index at <paramref name="indexPath"/>, replacing an index that stands there.</summary>
    /// <exception cref="ReciteException">The memory is below <see cref="CorpusBuildOptions.LeastMemoryBytes"/>, there is no document, the place is taken, or the disk is full.</exception>
    public static async Task<IndexManifest> BuildAsync(
        IAsyncEnumerable<Document> documents,
        string indexPath,
        CorpusBuildOptions options,
        IProgress<BuildProgress>? progress,
        CancellationToken cancellationToken)
    {
        options.RequireMemory();
        var plan = new SegmentPlan(TextNormalizer.For(options.Normalization), SamplingPlan.For(options.Guarantee), options.Store);
        return await IndexTransaction.RunAsync(indexPath, IndexDirectory.Open, async directory =>
        {
            List<ManifestSegment> segments = await WriteSegmentsAsync(documents, directory, plan, null, options, progress, cancellationToken);
            return segments.Count > 0
                ? ManifestFile.Describe(plan, segments)
                : throw new ReciteException("The corpus is empty: no document was found in the input. Nothing was written.");
        });
    }

    /// <summary>Writes documents into new segments; nothing names them yet.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="directory">Where the segments go.</param>
    /// <param name="plan">What all segments of the index have in common.</param>
    /// <param name="known">The index whose segments will stand before these, if any: what it holds is not stored again.</param>
    /// <param name="options">Memory and threads.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static async Task<List<ManifestSegment>> WriteSegmentsAsync(
        IAsyncEnumerable<Document> documents,
        IndexDirectory directory,
        SegmentPlan plan,
        CorpusIndex? known,
        CorpusBuildOptions options,
        IProgress<BuildProgress>? progress,
        CancellationToken cancellationToken)
    {
        int threads = options.Workers;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<Task<SegmentBatch>>(new BoundedChannelOptions(threads) { SingleReader = true, SingleWriter = true });
        using var builders = new BatchBuilders(plan, options.BatchesInMemory);
        using var copies = new CopyFinder(directory.SegmentsPath, known, options.MemoryBytes) { ForcedRecent = options.ForcedRecentTexts };
        Task producer = ProduceAsync(documents, batches.Writer, copies, builders, threads, stop.Token);

        var segments = new List<ManifestSegment>();
        SegmentWriter? writer = null;
        try
        {
            long done = 0;
            long bytes = 0;
            await foreach (Task<SegmentBatch> work in batches.Reader.ReadAllAsync(cancellationToken))
            {
                SegmentBatch batch = await work;
                writer ??= new SegmentWriter(directory.SegmentsPath, segments.Count, plan) { Threads = threads, RecordBytes = options.RecordBytes, MappedBytes = options.MappedBytes };
                writer.Add(batch);
                progress?.Report(new BuildProgress(done += batch.Documents.Count, bytes += batch.Documents.Sum(document => document.OriginalBytes)));
                builders.Return(batch.Builder);
                if (writer.OriginalBytes < options.SegmentBytes && writer.NormalizedBytes < options.SegmentBytes && writer.Documents < CorpusBuildOptions.SegmentDocuments)
                    continue;
                segments.Add(writer.Finish());
                writer.Dispose();
                writer = null;
            }

            await producer;
            if (writer is not null)
                segments.Add(writer.Finish());
            return segments;
        }
        finally
        {
            writer?.Dispose();
            await stop.CancelAsync();
            await producer.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    // Batches are worked on in parallel and handed over in order, so that the segments do not depend on timing.
    private static async Task ProduceAsync(
        IAsyncEnumerable<Document> documents, ChannelWriter<Task<SegmentBatch>> batches, CopyFinder copies, BatchBuilders builders, int threads, CancellationToken cancellationToken)
    {
        var running = new List<Task>();
        Exception? failure = null;
        try
        {
            await foreach (List<PlacedDocument> batch in copies.PlaceAsync(DocumentBatches.CutAsync(documents, cancellationToken), threads))
            {
                SegmentBatchBuilder builder = await builders.RentAsync(cancellationToken);
                Task<SegmentBatch> work = Task.Run(() => builder.Build(batch), CancellationToken.None);
                running.RemoveAll(task => task.IsCompleted);
                running.Add(work);
                await batches.WriteAsync(work, cancellationToken);
            }
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            batches.TryComplete(failure);
            await Task.WhenAll(running).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
