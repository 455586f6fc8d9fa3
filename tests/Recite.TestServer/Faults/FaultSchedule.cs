using System.Collections.Concurrent;
using System.Text;

namespace Recite.TestServer.Faults;

/// <summary>
/// Decides which request goes wrong and how, from the seed and the prompt alone, so that neither order nor concurrency matters.
/// A prompt goes wrong only a given number of times: asking again is always rewarded.
/// </summary>
internal sealed class FaultSchedule(ServerOptions options)
{
    private readonly ConcurrentDictionary<string, int> timesWrong = new(StringComparer.Ordinal);

    public FaultKind Choose(string prompt, int requestNumber, int underWay)
    {
        if (underWay > options.MaxConcurrent || (options.RateLimitEvery > 0 && requestNumber % options.RateLimitEvery == 0))
            return FaultKind.RateLimit;

        ulong hash = Hash(prompt);
        if (options.Faults.Count == 0 || (hash >> 11) * (1.0 / (1UL << 53)) >= options.FaultShare)
            return FaultKind.None;
        if (timesWrong.AddOrUpdate(prompt, 1, (_, times) => times + 1) > options.FaultsPerPrompt)
            return FaultKind.None;
        return options.Faults[(int)(Mix(hash) % (ulong)options.Faults.Count)];
    }

    // FNV-1a over the prompt's bytes, then a finalizer, because FNV's high bits are poor.
    private ulong Hash(string prompt)
    {
        ulong hash = 14695981039346656037 ^ options.FaultSeed;
        foreach (byte value in Encoding.UTF8.GetBytes(prompt))
            hash = (hash ^ value) * 1099511628211;
        return Mix(hash);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCD;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53;
        return value ^ (value >> 33);
    }
}
