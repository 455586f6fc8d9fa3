namespace Recite.Models.Http;

/// <summary>
/// How long to wait before a request is sent again: exponential with jitter. The jitter comes from the recorded seed, the request
/// and the number of the try, so that a re-run waits as the first run did and no two requests wait alike.
/// </summary>
internal sealed class RetrySchedule(TimeSpan first, TimeSpan longest, ulong seed)
{
    /// <summary>The wait after try number <paramref name="tries"/> (1 is the first) of a request failed.</summary>
    public TimeSpan Delay(int requestIndex, int tries, TimeSpan? retryAfter)
    {
        double spread = Uniform(requestIndex, tries);
        if (retryAfter is { } asked)
            return asked + (first * spread);

        double grown = first.TotalMilliseconds * Math.Pow(2, Math.Min(tries - 1, 30));
        return TimeSpan.FromMilliseconds(Math.Min(grown, longest.TotalMilliseconds) * (0.5 + (spread / 2)));
    }

    // SplitMix64 (Steele, Lea and Flood 2014), used as a hash of the three numbers; 53 bits of it as a fraction in [0, 1).
    private double Uniform(int requestIndex, int tries)
    {
        ulong state = seed + (0x9E3779B97F4A7C15 * ((((ulong)(uint)requestIndex) << 32) | (uint)tries));
        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
        state ^= state >> 31;
        return (state >> 11) * (1.0 / (1UL << 53));
    }
}
