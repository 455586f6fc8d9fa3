using Microsoft.Extensions.Time.Testing;
using Recite.Models.Http;
using Recite.Targets;

namespace Recite.Models.Tests.Http;

/// <summary>Short ways to ask a target.</summary>
internal static class Asking
{
    /// <summary>Limits so far away that only a test that wants to reach one does.</summary>
    public static readonly TimeLimits Patient = new()
    {
        FirstByte = TimeSpan.FromDays(1000),
        Idle = TimeSpan.FromDays(1000),
        Total = TimeSpan.FromDays(1000),
    };

    public static IReadOnlyList<CompletionRequest> Requests(int count, SamplingOptions? sampling = null) =>
        [.. Enumerable.Range(0, count).Select(i => new CompletionRequest
        {
            Index = i,
            AttemptId = $"attempt-{i}",
            Prompt = $"prompt {i}",
            MaxTokens = 10,
            Sampling = sampling ?? new SamplingOptions(),
        })];

    public static async Task<List<Completion>> CompleteAllAsync(this ITarget target, IReadOnlyList<CompletionRequest> requests)
    {
        List<Completion> completions = [];
        await foreach (Completion completion in target.CompleteAsync(requests, TestContext.Current.CancellationToken))
            completions.Add(completion);
        return completions;
    }

    /// <summary>Lets fake time pass until the task is done: whatever waits for the clock gets its turn, and nothing really waits.</summary>
    public static async Task<T> DriveAsync<T>(this FakeTimeProvider time, Task<T> task)
    {
        while (!task.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        return await task;
    }
}
