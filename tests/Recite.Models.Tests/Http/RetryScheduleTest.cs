using CsCheck;
using Recite.Models.Http;

namespace Recite.Models.Tests.Http;

public sealed class RetryScheduleTest
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    [Fact]
    public void Waits_lie_between_half_and_all_of_a_doubling_time_up_to_the_longest() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 1_000_000], Gen.Int[1, 40]).Sample((seed, index, tries) =>
        {
            TimeSpan wait = new RetrySchedule(First, Longest, seed).Delay(index, tries, retryAfter: null);
            double full = Math.Min(500 * Math.Pow(2, tries - 1), 60_000);
            Assert.InRange(wait.TotalMilliseconds, full / 2, full);
        });

    [Fact]
    public void The_same_seed_waits_the_same_and_different_requests_do_not_wait_alike()
    {
        TimeSpan[] Waits(ulong seed) => [.. Enumerable.Range(0, 100).Select(index => new RetrySchedule(First, Longest, seed).Delay(index, 3, null))];
        Assert.Equal(Waits(7), Waits(7));
        Assert.NotEqual(Waits(7), Waits(8));
        Assert.True(Waits(7).Distinct().Count() > 95);
    }

    [Fact]
    public void A_wait_that_the_server_asked_for_is_never_shortened() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 1000], Gen.Int[0, 100]).Sample((seed, index, seconds) =>
        {
            TimeSpan asked = TimeSpan.FromSeconds(seconds);
            TimeSpan wait = new RetrySchedule(First, Longest, seed).Delay(index, 1, asked);
            Assert.InRange(wait, asked, asked + First);
        });
}
