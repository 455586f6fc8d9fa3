using System.Text;
using Recite.Config;
using Recite.Probes;
using Recite.Runs;
using Recite.Tests.Fakes;

namespace Recite.Tests.Probes;

public sealed class SampleDrawTest
{
    private static readonly PrefixProbeConfig s_probe = new() { Samples = 20, Prefix = new(8, Recite.Indexing.Text.LengthUnit.Words), Suffix = new(6, Recite.Indexing.Text.LengthUnit.Words) };

    [Fact]
    public async Task A_large_corpus_is_represented_by_a_random_draw_and_says_so()
    {
        // 6,000 documents of which 5,000 are read; 300 texts stand there four times.
        string[] once = [.. Enumerable.Range(0, 4800).Select(i => RandomText.Make((ulong)i, 16))];
        string[] often = [.. Enumerable.Range(10_000, 300).Select(i => RandomText.Make((ulong)i, 16))];
        using var audit = new SmallAudit([.. once, .. often, .. often, .. often, .. often]);
        ProbePlan plan = await Plan(audit);

        Assert.Contains(plan.Notes, n => n.Contains("5000 of 6000 documents, taken at random", StringComparison.Ordinal));
        Assert.Equal(["1", "4-7"], plan.Strata.Select(s => s.Stratum));
        Assert.InRange(plan.Strata[0].Windows, 4700, 4900);
        Assert.InRange(plan.Strata[1].Windows, 290, 310);
        Assert.Equal(10, plan.Attempts.Count(a => a.Stratum == "4-7"));
        Assert.Equal(10, plan.Attempts.Count(a => a.Stratum == "1"));
    }

    [Fact]
    public async Task Documents_that_give_no_sample_are_counted()
    {
        string punctuated = RandomText.Make(1, 8) + string.Concat(Enumerable.Repeat(" * - = # * - = #", 40)) + RandomText.Make(2, 2);
        using var audit = new SmallAudit([RandomText.Make(3, 40), "too short to be cut", RandomText.Make(4, 40), punctuated], 30)
        {
            Config = new AuditConfig { Probes = [s_probe with { Prefix = new(60, Recite.Indexing.Text.LengthUnit.Characters), Suffix = new(60, Recite.Indexing.Text.LengthUnit.Characters), Offset = SampleOffset.Start }] },
        };
        ProbePlan plan = await Plan(audit, (PrefixProbeConfig)audit.Config.Probes[0]);
        Assert.Equal(2, plan.Attempts.Count);
        Assert.Contains("Without a sample, because too short for prefix and suffix: 1 document of 4.", plan.Notes);
        Assert.Contains("Without a sample, because mostly punctuation or white space where the suffix stands: 1 document of 4.", plan.Notes);
    }

    [Fact]
    public async Task A_long_document_is_read_in_part_and_its_sample_stands_where_it_says()
    {
        var text = new StringBuilder();
        for (int i = 0; text.Length < 2 * SampleDraw.LongestRead; i++)
            text.Append(RandomText.Make((ulong)i, 200)).Append(" äöü 🍎\n");
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        using var audit = new SmallAudit([text.ToString()]);
        foreach (ulong seed in new ulong[] { 1, 2, 3 })
        {
            ProbePlan plan = await Plan(audit, s_probe with { Seed = seed });
            PlannedAttempt attempt = Assert.Single(plan.Attempts);
            SampleSource source = attempt.Source!;
            Assert.Equal(attempt.Prompt, Encoding.UTF8.GetString(bytes[(int)source.Start..(int)source.Middle]));
            Assert.Equal(attempt.Suffix, Encoding.UTF8.GetString(bytes[(int)source.Middle..(int)source.End]));
        }
    }

    private static Task<ProbePlan> Plan(SmallAudit audit, PrefixProbeConfig? probe = null) =>
        new PrefixProbe(probe ?? s_probe).PlanAsync(audit.Probing(new MemorizingTarget([])), TestContext.Current.CancellationToken);
}
