using System.Text.Json.Nodes;
using Recite.Config;
using Recite.Indexing;
using Recite.Indexing.Text;
using Recite.Metrics;
using Recite.Metrics.Statistics;
using Recite.Reporting;
using Recite.Runs;
using Recite.Targets;
using Recite.Tests.Fakes;
using static Recite.Tests.Auditing.AuditScene;

namespace Recite.Tests.Scores;

/// <summary>Scoring as a stage of the audit: what is scored, what becomes of it, and that nothing of it is lost.</summary>
public sealed class ScoringStageTest
{
    private static readonly SamplingOptions s_filtered = new() { Temperature = 0.7, TopK = 40 };

    private static readonly AuditConfig s_config = PlainConfig() with
    {
        Probes = [new PrefixProbeConfig { Samples = 40, Prefix = new(20, LengthUnit.Tokens), Suffix = new(20, LengthUnit.Tokens) }],
    };

    [Fact]
    public async Task Every_sample_of_the_probe_and_of_the_nulls_is_scored_once()
    {
        using SmallAudit audit = Scene(s_config);
        MemorizingTarget target = Target();
        AuditReport report = await audit.RunAsync(target);
        Assert.Equal(72, target.Scored.Count);
        Assert.Equal(72, target.Scored.DistinctBy(r => (r.PrefixText, r.SuffixText)).Count());
        JsonObject scoring = Estimate(report, "scoring");
        Assert.Equal(72, (int)scoring["scored"]!);
        Assert.Equal(72, ScoresOf(audit, report).Count);
        Assert.Equal("none", (string?)scoring["beginningOfText"]);

        // Prompt 10 and completion 5 per attempt, prefix and suffix per pass.
        Assert.Equal(72 * 40, (long)scoring["tokens"]!);
        Assert.Equal((72 * 15) + (72 * 40), report.Cost.Tokens);
    }

    [Fact]
    public async Task Findings_get_their_probability_from_the_scores()
    {
        using SmallAudit audit = Scene(s_config);
        AuditReport report = await audit.RunAsync(Target());
        Assert.NotEmpty(report.Findings);
        Assert.All(report.Findings.Where(f => f.Kind == "discoverable-extraction"), finding =>
        {
            Assert.Equal(-2 / Math.Log(10), finding.Probability!.Log10, 9);
            Assert.Equal("temperature=1", finding.Probability.Scheme);
        });

        using SmallAudit sampled = Scene(s_config with { Sampling = s_filtered });
        AuditReport other = await sampled.RunAsync(Target());
        Assert.All(other.Findings.Where(f => f.Kind == "discoverable-extraction"), f => Assert.Equal("temperature=0.7,top-k=40", f.Probability!.Scheme));
    }

    [Fact]
    public async Task Rates_and_curves_of_n_and_p_stand_beside_their_nulls()
    {
        using SmallAudit audit = Scene(s_config with { Score = new ScoreConfig { Schemes = [s_filtered] } });
        AuditReport report = await audit.RunAsync(Target());
        foreach (string scheme in (string[])["temperature=1", "temperature=0.7,top-k=40"])
        {
            string name = NpFigures.Name(100, 0.5, scheme);
            Assert.Equal((10, 40), HitsOf(report.Rates.Where(r => r.Stratum is null), name, null!));
            Assert.Equal((0, 20), HitsOf(report.Controls, name, "held-out"));
            Assert.Equal((0, 12), HitsOf(report.Controls, name, "never-planted"));
            Assert.Equal((0, 40), HitsOf(report.Controls, name, "out-of-fold-ngram"));
            Curve[] curves = [.. report.Curves.Where(c => c.Name == $"np-extraction, p=0.5, {scheme}")];
            Assert.Equal(["prefix", "held-out", "never-planted", "out-of-fold-ngram"], curves.Select(c => c.Series));
            Assert.All(curves, curve => Assert.Equal([1, 10, 100, 1e3, 1e4, 1e5, 1e6], curve.Points.Select(p => p.X)));
            Assert.All(curves[1].Points, p => Assert.Equal((0.0, 0.0, true), (p.Y, p.Low!.Value, p.High > 0)));
        }

        JsonObject[] unreachable = [.. Estimates(report, "np-unreachable").Where(e => (string?)e["scheme"] == "temperature=0.7,top-k=40")];
        Assert.Equal([30, 20, 12], unreachable.Select(e => (int)e["unreachable"]!));
        Assert.All(Estimates(report, "np-unreachable").Where(e => (string?)e["scheme"] == "temperature=1"), e => Assert.Equal(0, (int)e["unreachable"]!));
    }

    [Fact]
    public async Task Reach_falls_with_duplicates_and_stands_beside_the_nulls()
    {
        using SmallAudit audit = Scene(s_config);
        AuditReport report = await audit.RunAsync(Target());
        Curve[] reach = [.. report.Curves.Where(c => c.Name == "tries-to-half, temperature=1")];
        Assert.Equal(["prefix", "held-out", "never-planted"], reach.Select(c => c.Series));
        Assert.Equal([1.0, 8.0], reach[0].Points.Select(p => p.X));

        // 20 tokens at e^-3 each: ln 2 / e^-60; known ones e^-2: ln 0.5 / ln(1 - e^-2).
        Assert.Equal((60 / Math.Log(10)) + Math.Log10(Math.Log(2)), reach[0].Points[0].Y, 9);
        Assert.Equal(Math.Log10(Math.Log(0.5) / Math.Log(1 - Math.Exp(-2))), reach[0].Points[1].Y, 9);
        Assert.Equal(reach[0].Points[0].Y, reach[1].Points[0].Y, 9);
    }

    [Fact]
    public async Task Scored_and_generated_greedy_texts_are_held_against_each_other()
    {
        using SmallAudit audit = Scene(s_config);
        AuditReport agreeing = await audit.RunAsync(Target(tokens: true));
        Assert.Equal([40, 20, 12], Estimates(agreeing, "greedy-extractable").Select(e => (int)e["comparedWithGenerated"]!));
        Assert.All(Estimates(agreeing, "greedy-extractable"), e => Assert.Empty(e["disagreements"]!.AsArray()));
        Assert.Equal([(10, 40), (0, 20), (0, 12)], Estimates(agreeing, "greedy-extractable").Select(e => ((int)e["hits"]!, (int)e["trials"]!)));

        using SmallAudit other = Scene(s_config);
        int changed = 0;
        AuditReport differing = await other.RunAsync(Target(tokens: true, score: (_, score) => score.Ranks[0] == 0 && ++changed <= 3 ? score with { Ranks = [1, .. score.Ranks.Skip(1)] } : score));
        Assert.Equal(3, Estimates(differing, "greedy-extractable").Sum(e => e["disagreements"]!.AsArray().Count));
        Assert.Contains(differing.Notes, n => n.Contains("Greedy decoding gave another text", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Samples_that_a_tie_decides_are_counted_and_a_rate_without_them_stands_beside()
    {
        using SmallAudit audit = Scene(s_config);
        int fragile = 0;
        AuditReport report = await audit.RunAsync(Target(score: (_, score) => score.Ranks[0] == 0 && ++fragile <= 4 ? score with { Margins = [.. score.Margins.SkipLast(1), 0.0009] } : score));
        Assert.Equal(4, (int)Estimates(report, "greedy-extractable").First()["fragile"]!);
        JsonObject greedy = Estimates(report, "greedy-extractable").First();
        Assert.Equal((10, 40), ((int)greedy["hits"]!, (int)greedy["trials"]!));
        Assert.Equal((6, 36), ((int)greedy["withoutFragile"]!["hits"]!, (int)greedy["withoutFragile"]!["trials"]!));

        // The weighted rate without them, 10 windows of 40 standing 8 times: all of the 6 that are left came back.
        Assert.Equal(0.25, (double)greedy["withoutFragile"]!["rate"]!, 12);
    }

    [Fact]
    public async Task Full_context_is_an_estimate_of_its_own()
    {
        using SmallAudit audit = Scene(s_config with { Score = new ScoreConfig { Context = ScoreContext.Both } });
        MemorizingTarget target = Target();
        AuditReport report = await audit.RunAsync(target);
        Assert.Equal(60, target.Scored.Count - 72);
        JsonObject[] estimates = [.. Estimates(report, "full-context")];
        Assert.Equal([40, 20], estimates.Select(e => (int)e["samples"]!));
        Assert.Equal("held-out", (string?)estimates[1]["null"]);

        // A pass over the document holds the window's suffix and all that stands before it.
        ScoreRequest longest = target.Scored.MaxBy(r => r.Prefix.Count)!;
        Assert.True(longest.Prefix.Count > 40);
        Assert.EndsWith(longest.PrefixText!, target.Tokenizer!.Decode(longest.Prefix), StringComparison.Ordinal);
        Assert.Equal(longest.SuffixText, target.Tokenizer.Decode(longest.Suffix));

        using SmallAudit window = Scene(s_config);
        AuditReport without = await window.RunAsync(Target());
        Assert.Equal(without.Rates, report.Rates);
        Assert.Equivalent(without.Curves, report.Curves, strict: true);
    }

    [Fact]
    public async Task Nothing_is_scored_where_that_is_not_wanted_or_not_possible()
    {
        using SmallAudit audit = Scene(s_config with { Score = new ScoreConfig { Context = ScoreContext.None } });
        MemorizingTarget target = Target();
        AuditReport report = await audit.RunAsync(target);
        Assert.Empty(target.Scored);
        Assert.DoesNotContain(report.Estimates, e => (string?)e["name"] == "scoring");

        using SmallAudit other = Scene(s_config);
        var silent = new MemorizingTarget(Often, new BytesTokenizer());
        Assert.DoesNotContain((await other.RunAsync(silent)).Rates, r => r.Name.StartsWith("np-", StringComparison.Ordinal));
        Assert.Empty(silent.Scored);
    }

    [Fact]
    public async Task Failed_scores_are_counted_noted_and_retried()
    {
        using SmallAudit audit = Scene(s_config);
        int asked = 0;
        MemorizingTarget flaky = Target(score: (_, score) => ++asked <= 7 ? score with { Error = "connection reset" } : score);
        AuditReport report = await audit.RunAsync(flaky);
        Assert.Equal(7, (int)Estimate(report, "scoring")["failed"]!);
        Assert.Contains(report.Notes, n => n.Contains("Could not be scored", StringComparison.Ordinal) && n.Contains("7 windows of 72", StringComparison.Ordinal));
        Assert.True(report.Run.Complete);

        MemorizingTarget well = Target();
        AuditReport retried = await audit.RunAsync(well, new AuditOptions { RetryErrors = true });
        Assert.Equal(7, well.Scored.Count);
        Assert.Equal(0, (int)Estimate(retried, "scoring")["failed"]!);
        using SmallAudit undisturbed = Scene(s_config);
        Assert.Equal(Comparable(await undisturbed.RunAsync(Target())), Comparable(retried));
    }

    [Theory]
    [InlineData("local", 65)]
    [InlineData("completions", 40)]
    public async Task Interrupted_anywhere_it_goes_on_and_gives_the_same_report(string endpoint, int lastStop)
    {
        using SmallAudit undisturbed = Scene(s_config);
        string expected = Comparable(await undisturbed.RunAsync(Target(endpoint)));
        using SmallAudit audit = Scene(s_config);
        List<int> kept = [];
        foreach (int stop in new[] { 0, 1, 8, lastStop })
        {
            using var cancel = new CancellationTokenSource();
            MemorizingTarget target = Target(endpoint, before: n => { if (n == stop) cancel.Cancel(); });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => audit.RunAsync(target, null, cancel.Token));
            using RunFile run = audit.Runs.Open(Assert.Single(audit.Runs.List()).Id, write: false);
            kept.Add(run.ScoredCount);
        }

        MemorizingTarget last = Target(endpoint);
        AuditReport report = await audit.RunAsync(last);
        Assert.Equal(expected, Comparable(report));

        // A server's score is kept as it comes; a local model's with its block of 64, so that what is scored again is scored beside the same windows.
        Assert.Equal(endpoint == "local" ? [0, 0, 0, 64] : [0, 1, 9, 49], kept);
        Assert.Equal(72 - kept[^1], last.Scored.Count);
    }

    [Fact]
    public async Task A_spent_budget_leaves_windows_unscored_and_a_larger_one_goes_on()
    {
        using SmallAudit audit = Scene(s_config);
        AuditInputs Budget(long tokens) => audit.Inputs(Target("completions")) with { Config = s_config with { Budget = new BudgetConfig { Tokens = tokens } } };
        AuditReport partial = await AuditPipeline.RunAsync(Budget(72 * 40), new AuditOptions(), null, TestContext.Current.CancellationToken);
        Assert.False(partial.Run.Complete);
        Assert.Equal(72, partial.Cost.Attempts);
        Assert.Contains(partial.Notes, n => n.StartsWith("Scoring is not complete", StringComparison.Ordinal));
        Assert.InRange(partial.Cost.Tokens, 1, 72 * 40);

        AuditReport whole = await AuditPipeline.RunAsync(Budget(1_000_000), new AuditOptions(), null, TestContext.Current.CancellationToken);
        Assert.Equal(partial.Run.Id, whole.Run.Id);
        Assert.True(whole.Run.Complete);
        Assert.Equal(72, (int)Estimate(whole, "scoring")["scored"]!);
    }

    [Fact]
    public async Task A_target_that_scores_a_window_twice_is_not_believed()
    {
        using SmallAudit audit = Scene(s_config);
        var error = await Assert.ThrowsAsync<ReciteException>(() => audit.RunAsync(Target(score: (_, score) => score with { RequestIndex = 0 })));
        Assert.Contains("scored a window that was not open", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_score_that_is_no_probability_is_a_failed_one()
    {
        using SmallAudit audit = Scene(s_config);
        int asked = 0;
        AuditReport report = await audit.RunAsync(Target(score: (_, score) => ++asked switch
        {
            1 => score with { LogProbabilities = [double.NaN, .. score.LogProbabilities.Skip(1)] },
            2 => score with { LogProbabilities = [0.5, .. score.LogProbabilities.Skip(1)] },
            3 => score with { LogProbabilities = [.. score.LogProbabilities.Skip(1)] },
            4 => score with { Ranks = [] },
            _ => score,
        }));
        Assert.Equal(4, (int)Estimate(report, "scoring")["failed"]!);
    }

    [Fact]
    public async Task Rates_from_scores_are_clustered_where_several_windows_come_from_one_document()
    {
        using SmallAudit audit = Scene(s_config with
        {
            Probes = [new PrefixProbeConfig { Samples = 60, Prefix = new(5, LengthUnit.Tokens), Suffix = new(5, LengthUnit.Tokens), Population = SamplePopulation.Tokens }],
        });
        AuditReport report = await audit.RunAsync(Target());
        Rate asked = report.Rates.First(r => r.Name == "extraction" && r.Stratum is null);
        Rate scored = report.Rates.First(r => r.Name == NpFigures.Name(100, 0.5, "temperature=1") && r.Stratum is null);
        Assert.Equal(StratifiedRate.ClusteredMethod, asked.Method);
        Assert.Equal(StratifiedRate.ClusteredMethod, scored.Method);
    }

    private static SmallAudit Scene(AuditConfig config) =>
        new(Corpus) { Config = config, HeldOut = HeldOut(Never), Canaries = new CanaryList([.. SomeCanaries().Canaries.Where(c => c.Duplicates == 0)]) };

    private static MemorizingTarget Target(string endpoint = "local", bool tokens = false, Action<int>? before = null, Func<ScoreRequest, SuffixScore, SuffixScore>? score = null)
    {
        var tokenizer = new BytesTokenizer();
        return new MemorizingTarget(Often, tokenizer)
        {
            Endpoint = endpoint,
            Scoring = true,
            BeforeScore = before ?? (_ => { }),
            ChangeScore = score ?? ((_, s) => s),
            Change = (_, completion) => tokens ? completion with { Tokens = [.. tokenizer.Encode(completion.Text).Select(t => t.Id)] } : completion,
        };
    }

    private static IReadOnlyList<StoredScore> ScoresOf(SmallAudit audit, AuditReport report)
    {
        using RunFile run = audit.Runs.Open(report.Run.Id, write: false);
        return run.ReadScores();
    }

    private static JsonObject Estimate(AuditReport report, string name) => Assert.Single(Estimates(report, name));

    private static IEnumerable<JsonObject> Estimates(AuditReport report, string name) => report.Estimates.Where(e => (string?)e["name"] == name);
}
