using System.Collections.Concurrent;

namespace Recite.Indexing.Segments;

/// <summary>
/// The builders of batches of one build: as many as there are, so much memory is in use, whether a batch is being made or waits to be
/// written. Thread-safe.
/// </summary>
internal sealed class BatchBuilders(SegmentPlan plan, int most) : IDisposable
{
    private readonly ConcurrentBag<SegmentBatchBuilder> _all = [];
    private readonly ConcurrentBag<SegmentBatchBuilder> _idle = [];
    private readonly SemaphoreSlim _free = new(most);

    /// <summary>Waits until one is free.</summary>
    public async Task<SegmentBatchBuilder> RentAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        if (_idle.TryTake(out SegmentBatchBuilder? idle))
            return idle;
        var builder = new SegmentBatchBuilder(plan);
        _all.Add(builder);
        return builder;
    }

    /// <summary>Gives one back, with the batch it holds.</summary>
    public void Return(SegmentBatchBuilder builder)
    {
        _idle.Add(builder);
        _free.Release();
    }

    /// <summary>Frees all of them; none is in use any more.</summary>
    public void Dispose()
    {
        foreach (SegmentBatchBuilder builder in _all)
            builder.Dispose();
        _free.Dispose();
    }
}
