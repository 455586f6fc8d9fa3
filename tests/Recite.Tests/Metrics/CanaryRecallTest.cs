using System.Text.Json.Nodes;
using Recite.Config;
using Recite.Metrics;
using Recite.Metrics.Statistics;
using Recite.Reporting;
using Recite.Tests.Fakes;

namespace Recite.Tests.Metrics;

public sealed class CanaryRecallTest
{
    [Fact]
    public async Task An_audit_says_what_share_of_the_planted_canaries_it_found()
    {
        string[] known = [.. Enumerable.Range(0, 6).Select(i => RandomText.Make((ulong)i, 60))];
        string[] unknown = [.. Enumerable.Range(50, 4).Select(i => RandomText.Make((ulong)i, 60))];
        using var audit = new SmallAudit([.. known, .. unknown])
        {
            Canaries = new CanaryList([
                .. known.Select((t, i) => new Canary($"k{i}", i < 3 ? 1 : 4, t)),
                .. unknown.Select((t, i) => new Canary($"u{i}", 1, t)),
                new Canary("short", 1, "tiny"),
                new Canary("decoy", 0, RandomText.Make(99, 60)),
            ]),
        };
        AuditReport report = await audit.RunAsync(new MemorizingTarget(known));
        JsonObject recall = Assert.Single(report.Estimates, e => (string?)e["name"] == CanaryRecall.Name);
        Interval interval = ClopperPearson.TwoSided(6, 10, 0.95);
        Assert.Equal((6, 10, 1), ((int)recall["hits"]!, (int)recall["trials"]!, (int)recall["tooShort"]!));
        Assert.Equal(interval.Low, (double)recall["low"]!, 12);
        Assert.Equal(1 - interval.Low, (double)recall["missedAtMost"]!, 12);
        Assert.Equal([("1", 3, 7), ("4-7", 3, 3)], recall["strata"]!.AsArray().Select(s => ((string)s!["duplicates"]!, (int)s["hits"]!, (int)s["trials"]!)));
    }

    [Fact]
    public async Task Without_planted_canaries_nothing_is_said()
    {
        using var audit = new SmallAudit([RandomText.Make(1, 60)]) { Canaries = new CanaryList([new Canary("decoy", 0, RandomText.Make(99, 60))]) };
        Assert.DoesNotContain((await audit.RunAsync(new MemorizingTarget([]))).Estimates, e => (string?)e["name"] == CanaryRecall.Name);
    }

    [Fact]
    public void A_run_that_the_prompt_holds_is_not_found_and_one_byte_short_is_not_a_run()
    {
        var grams = new CanaryGrams(8);
        Assert.False(grams.TryAdd(0, "seven77"u8));
        Assert.True(grams.TryAdd(1, "abcdefghij"u8));
        Assert.Equal([1], Found("xx bcdefghi yy"u8, "nothing"u8));
        Assert.Empty(Found("xx bcdefgh yy"u8, "nothing"u8));
        Assert.Empty(Found("xx bcdefghi yy"u8, "abcdefghij"u8));

        HashSet<int> Found(ReadOnlySpan<byte> output, ReadOnlySpan<byte> prompt)
        {
            HashSet<int> found = [];
            grams.Find(output, prompt, found);
            return found;
        }
    }
}
