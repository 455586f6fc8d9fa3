using System.Threading.Channels;
using Recite.Indexing.Sampling;
using Recite.Indexing.Segments;
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
        if (options.MemoryBytes < CorpusBuildOptions.LeastMemoryBytes)
            throw new ReciteException($"An index cannot be built in {options.MemoryBytes} bytes of memory; give it at least {CorpusBuildOptions.LeastMemoryBytes >> 20}M.");
        var plan = new SegmentPlan(TextNormalizer.For(options.Normalization), SamplingPlan.For(options.Guarantee), options.Store);
        try
        {
            using IndexDirectory directory = IndexDirectory.Open(indexPath);
            try
            {
                List<ManifestSegment> segments = await WriteSegmentsAsync(documents, directory, plan, options, progress, cancellationToken);
                IndexManifest manifest = Describe(plan, segments);
                if (manifest.Documents == 0)
                    throw new ReciteException("The corpus is empty: no document was found in the input. Nothing was written.");
                directory.Commit(manifest);
                return manifest;
            }
            catch
            {
                directory.Abandon();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReciteException($"The index at '{indexPath}' cannot be written: {e.Message.TrimEnd('.')}. What stood there before is unchanged.", e);
        }
    }

    private static async Task<List<ManifestSegment>> WriteSegmentsAsync(
        IAsyncEnumerable<Document> documents,
        IndexDirectory directory,
        SegmentPlan plan,
        CorpusBuildOptions options,
        IProgress<BuildProgress>? progress,
        CancellationToken cancellationToken)
    {
        int threads = options.Workers;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<Task<SegmentBatch>>(new BoundedChannelOptions(threads) { SingleReader = true, SingleWriter = true });
        using var builders = new BatchBuilders(plan, options.BatchesInMemory);
        Task producer = ProduceAsync(documents, batches.Writer, builders, stop.Token);

        var segments = new List<ManifestSegment>();
        SegmentWriter? writer = null;
        try
        {
            long done = 0;
            long bytes = 0;
            await foreach (Task<SegmentBatch> work in batches.Reader.ReadAllAsync(cancellationToken))
            {
                SegmentBatch batch = await work;
                writer ??= new SegmentWriter(directory.SegmentsPath, segments.Count, plan) { Threads = threads, RecordBytes = options.RecordBytes };
                writer.Add(batch);
                progress?.Report(new BuildProgress(done += batch.Documents.Count, bytes += batch.OriginalBytes));
                builders.Return(batch.Builder);
                if (writer.OriginalBytes < options.SegmentBytes && writer.NormalizedBytes < options.SegmentBytes)
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
        IAsyncEnumerable<Document> documents, ChannelWriter<Task<SegmentBatch>> batches, BatchBuilders builders, CancellationToken cancellationToken)
    {
        var running = new List<Task>();
        Exception? failure = null;
        try
        {
            await foreach (List<Document> batch in DocumentBatches.CutAsync(documents, cancellationToken))
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

    private static IndexManifest Describe(SegmentPlan plan, List<ManifestSegment> segments) => ManifestFile.WithDigest(new IndexManifest
    {
        Normalization = new ManifestNormalization(
            plan.Normalizer.Name, plan.Normalizer.Version, plan.Normalizer.UnicodeVersion, plan.Normalizer.TableDigest),
        Guarantee = plan.Sampling.Guarantee,
        Gram = plan.Sampling.Gram,
        Store = plan.Store == TextStore.Raw ? "raw" : "zstd",
        Documents = segments.Sum(segment => segment.Documents),
        Bytes = segments.Sum(segment => segment.Bytes),
        Segments = segments,
    });
}
