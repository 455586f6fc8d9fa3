using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Recite.Models.Http;

/// <summary>Many pieces of work under way at once, each result handed out as soon as it is there.</summary>
internal static class ConcurrentWork
{
    /// <summary>Does one piece of work per item; ends with the first failure of its own, and leaves nothing under way when the reader stops.</summary>
    public static async IAsyncEnumerable<TResult> RunAsync<TItem, TResult>(
        IReadOnlyList<TItem> items, int maximum, Func<TItem, CancellationToken, Task<TResult>> work, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int workers = Math.Min(maximum, items.Count);

        // Bounded, so that a slow reader slows the workers down instead of filling memory with replies.
        Channel<TResult> finished = Channel.CreateBounded<TResult>(Math.Max(1, workers));
        Task working = WorkAsync(items, workers, work, finished.Writer, stop.Token);
        try
        {
            await foreach (TResult result in finished.Reader.ReadAllAsync(cancellationToken))
                yield return result;
        }
        finally
        {
            await stop.CancelAsync();
            await working;
        }
    }

    // Each worker takes the next item, brings it to its end and hands in exactly one result for it. Ends the channel with the first
    // failure of its own, so that the reader sees it.
    private static async Task WorkAsync<TItem, TResult>(
        IReadOnlyList<TItem> items, int workers, Func<TItem, CancellationToken, Task<TResult>> work, ChannelWriter<TResult> finished, CancellationToken cancellationToken)
    {
        int next = -1;

        async Task WorkOneAsync()
        {
            for (int taken = Interlocked.Increment(ref next); taken < items.Count; taken = Interlocked.Increment(ref next))
                await finished.WriteAsync(await work(items[taken], cancellationToken), cancellationToken);
        }

        try
        {
            await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkOneAsync()));
            finished.Complete();
        }
        catch (Exception error)
        {
            finished.Complete(error);
        }
    }
}
