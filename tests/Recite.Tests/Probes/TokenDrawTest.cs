using System.Text;
using Recite.Config;
using Recite.Indexing;
using Recite.Indexing.Text;
using Recite.Probes;
using Recite.Reporting;
using Recite.Runs;
using Recite.Tests.Fakes;

namespace Recite.Tests.Probes;

public sealed class TokenDrawTest
{
    private static readonly PrefixProbeConfig s_probe = new()
    {
        Samples = 60,
        Prefix = new(8, LengthUnit.Words),
        Suffix = new(6, LengthUnit.Words),
        Population = SamplePopulation.Tokens,
    };

    [Fact]
    public async Task A_long_document_gives_as_many_windows_as_its_length_deserves()
    {
        // Nine tenths of the text are one document; one window per document would give it one of eleven.
        using var audit = new SmallAudit([RandomText.Make(1, 9000), .. Enumerable.Range(2, 10).Select(i => RandomText.Make((ulong)i, 100))]);
        ProbePlan plan = await Plan(audit, s_probe with { Samples = 200 });
        int fromLong = plan.Attempts.Count(a => a.Source!.Id == "d0");
        Assert.Equal(200, plan.Attempts.Count);
        Assert.InRange(fromLong, 160, 198);
        Assert.Equal(200, plan.Attempts.Select(a => a.Sample).Distinct().Count());
    }

    [Fact]
    public async Task Each_sample_stands_where_it_says()
    {
        string[] texts = [.. Enumerable.Range(0, 5).Select(i => RandomText.Make((ulong)i, 3000) + " äöü 🍎 " + RandomText.Make((ulong)i + 50, 40))];
        using var audit = new SmallAudit(texts);
        foreach (PlannedAttempt attempt in (await Plan(audit, s_probe)).Attempts)
        {
            SampleSource source = attempt.Source!;
            byte[] bytes = Encoding.UTF8.GetBytes(texts[int.Parse(source.Id[1..], System.Globalization.CultureInfo.InvariantCulture)]);
            Assert.Equal(attempt.Prompt, Encoding.UTF8.GetString(bytes[(int)source.Start..(int)source.Middle]));
            Assert.Equal(attempt.Suffix, Encoding.UTF8.GetString(bytes[(int)source.Middle..(int)source.End]));
        }
    }

    [Fact]
    public async Task A_text_that_stands_there_ten_times_weighs_ten_times_as_much()
    {
        string often = RandomText.Make(1, 200);
        using var audit = new SmallAudit([.. Enumerable.Repeat(often, 10), RandomText.Make(2, 2000)]);
        ProbePlan plan = await Plan(audit, s_probe with { Samples = 100 });
        Assert.Equal(["1", "8-15"], plan.Strata.Select(s => s.Stratum));
        double share = plan.Strata[1].Windows / plan.Strata.Sum(s => s.Windows);
        Assert.InRange(share, 0.38, 0.6);
        Assert.Contains(plan.Notes, n => n.StartsWith("The population is tokens with multiplicity", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_a_tokenizer_each_token_is_as_likely_however_long_it_is()
    {
        // The fake's tokens are short or three bytes; windows begin at one of them as often as it stands there, not as it is long.
        string text = string.Concat(Enumerable.Range(0, 4000).Select(i => i % 2 == 0 ? "a " : "bcd"));
        var tokenizer = new BytesTokenizer();
        var cutter = new WindowCutter(s_probe with { Prefix = new(2, LengthUnit.Tokens), Suffix = new(2, LengthUnit.Tokens) }, tokenizer, "fake");
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var random = SeededRandom.For(1, "places");
        var counts = new Dictionary<int, int>();
        await Task.Yield();
        for (int i = 0; i < 4000; i++)
        {
            if (cutter.CutAt(bytes.AsSpan(0, 400), (int)random.Below(400), random.Below(1 << 20) / (double)(1 << 20)) is { } window)
            {
                int length = tokenizer.Encode(text[..400]).First(t => t.Start == window.Middle).End - window.Middle;
                counts[length] = counts.GetValueOrDefault(length) + 1;
            }
        }

        Dictionary<int, int> there = tokenizer.Encode(text[..400]).GroupBy(t => t.End - t.Start).ToDictionary(g => g.Key, g => g.Count());
        double total = counts.Values.Sum(), all = there.Values.Sum();
        foreach ((int length, int count) in there)
            Assert.Equal(count / all, counts.GetValueOrDefault(length) / total, 0.06);
    }

    [Fact]
    public async Task Rates_are_clustered_by_document_and_copies_are_one_cluster()
    {
        string known = RandomText.Make(1, 400), copied = RandomText.Make(2, 400);
        using var audit = new SmallAudit([known, copied, copied, copied, .. Enumerable.Range(3, 6).Select(i => RandomText.Make((ulong)i, 400))])
        {
            Config = new AuditConfig { Probes = [s_probe], Match = new MatchConfig { MinLength = new(50, LengthUnit.Characters) } },
        };
        AuditReport report = await audit.RunAsync(new MemorizingTarget([known, copied]));
        Rate headline = report.Rates.First(r => r is { Name: "extraction", Base: "attempts", Stratum: null });
        Rate copies = report.Rates.First(r => r is { Name: "extraction", Base: "attempts", Stratum.Duplicates: "2-3" });
        Assert.Equal("tokens", headline.Population);
        Assert.Equal("stratified; weighted Korn-Graubard, clustered by document, Bonferroni over strata", headline.Method);
        Assert.Contains(report.Notes, n => n.StartsWith("Weights of the strata (duplicates: share of tokens)", StringComparison.Ordinal));

        // All of it came back, but it is a single text: one trial, of which nothing follows.
        Assert.Equal((copies.Trials, 1.0, 1.0), (copies.Hits, copies.Value, copies.High));
        Assert.True(copies.Trials > 10);
        Assert.Equal(0.025, copies.Low!.Value, 1e-9);
        Assert.Equal("korn-graubard; clustered by document", copies.Method);
    }

    [Fact]
    public void Every_place_and_only_beginnings_contradict_each_other()
    {
        ReciteException error = Assert.Throws<ReciteException>(() => AuditConfigReader.ReadText("probes:\n  - prefix: { population: tokens, offset: start }\n", "recite.yaml", _ => null));
        Assert.Contains("population", error.Message);
    }

    private static Task<ProbePlan> Plan(SmallAudit audit, PrefixProbeConfig probe) =>
        new PrefixProbe(probe).PlanAsync(audit.Probing(new MemorizingTarget([])), TestContext.Current.CancellationToken);
}
