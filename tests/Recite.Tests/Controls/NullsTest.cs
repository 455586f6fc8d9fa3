using System.Text.Json.Nodes;
using Recite.Config;
using Recite.Indexing;
using Recite.Indexing.Corpora;
using Recite.Indexing.Text;
using Recite.Reporting;
using Recite.Targets;
using Recite.Testing.Files;
using Recite.Tests.Auditing;
using Recite.Tests.Fakes;

namespace Recite.Tests.Controls;

public sealed class NullsTest
{
    private static readonly string[] s_corpus = [.. Enumerable.Range(0, 20).Select(i => RandomText.Make((ulong)i, 60))];
    private static readonly string[] s_never = [.. Enumerable.Range(200, 10).Select(i => RandomText.Make((ulong)i, 60))];

    [Fact]
    public async Task A_held_out_document_that_was_trained_after_all_is_reported_as_a_hit()
    {
        // The corpus that the auditor has lacks it, so that nothing but the model can tell.
        string leaked = RandomText.Make(999, 60);
        using var audit = new SmallAudit(s_corpus) { HeldOut = AuditScene.HeldOut([.. s_never, leaked]) };
        AuditReport report = await audit.RunAsync(new MemorizingTarget([leaked]));
        Assert.Equal((1, 11), AuditScene.HitsOf(report.Controls, "extraction", "held-out"));
    }

    [Fact]
    public async Task A_held_out_document_that_stands_in_the_corpus_is_taken_out_named_and_asked_apart()
    {
        using var audit = new SmallAudit(s_corpus) { HeldOut = AuditScene.HeldOut([.. s_never, "Preface. " + s_corpus[0]]) };
        AuditReport report = await audit.RunAsync(new MemorizingTarget([s_corpus[0]]) { Otherwise = _ => "no idea" });
        Assert.Equal((0, 10), AuditScene.HitsOf(report.Controls, "extraction", "held-out"));
        Assert.Contains("Taken out of the held-out control for sharing a span of at least 32 bytes with the corpus: 1 document (held-10).", report.Notes);
        JsonObject estimate = Assert.Single(report.Estimates, e => (string?)e["name"] == "contaminated-control");
        Assert.Equal((1, 1, "held-10"), ((int)estimate["trials"]!, (int)estimate["hits"]!, (string?)estimate["documents"]![0]));
    }

    [Fact]
    public async Task A_baseline_that_is_the_target_is_refused()
    {
        using var twin = new SmallAudit(s_corpus) { Baseline = new MemorizingTarget(s_corpus[..2]) };
        ReciteException refused = await Assert.ThrowsAsync<ReciteException>(() => twin.RunAsync(new MemorizingTarget(s_corpus[..2])));
        Assert.Contains("is the target itself", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_baseline_is_asked_the_same_and_compared_in_pairs()
    {
        var baseline = new MemorizingTarget(s_corpus[..2]) { Id = "fake:before" };
        using var audit = new SmallAudit(s_corpus) { Baseline = baseline };
        var target = new MemorizingTarget(s_corpus[1..9]);
        AuditReport report = await audit.RunAsync(target);
        Assert.Equal(20, baseline.Asked.Count);
        Assert.Equal(20, target.Asked.Count);
        Assert.Equal((2, 20), AuditScene.HitsOf(report.Controls, "extraction", "baseline-model"));
        JsonObject difference = Assert.Single(report.Estimates, e => (string?)e["name"] == "extraction-difference");
        Assert.Equal((20, 7, 1), ((int)difference["pairs"]!, (int)difference["onlyTarget"]!, (int)difference["onlyBaseline"]!));
        Assert.Equal(0.3, (double)difference["difference"]!, 1e-12);
        Assert.Equal(18.0 / 256, (double)difference["p"]!, 1e-12);
    }

    [Fact]
    public async Task Corpus_matches_of_a_prefix_probe_are_a_rate_only_beside_a_model_that_never_saw_the_corpus()
    {
        using var alone = new SmallAudit(s_corpus) { HeldOut = AuditScene.HeldOut(s_never) };
        AuditReport without = await alone.RunAsync(new MemorizingTarget(s_corpus));
        Assert.DoesNotContain(without.Rates.Concat(without.Controls), rate => rate.Name == "corpus-match");
        Assert.Contains(without.Notes, note => note.Contains("'baseline:'", StringComparison.Ordinal));

        using var beside = new SmallAudit(s_corpus) { Baseline = new MemorizingTarget([]) { Id = "fake:before" } };
        AuditReport with = await beside.RunAsync(new MemorizingTarget(s_corpus));
        Assert.Contains(with.Rates, rate => rate is { Name: "corpus-match", Hits: > 0 });
        Assert.Equal((0, 20), AuditScene.HitsOf(with.Controls, "corpus-match", "baseline-model"));
    }

    [Fact]
    public async Task Token_ids_are_not_handed_to_a_baseline_of_another_tokenizer()
    {
        var seen = new List<CompletionRequest>();
        var baseline = new MemorizingTarget([]) { Id = "fake:before", Change = (r, c) => { seen.Add(r); return c; } };
        using var audit = new SmallAudit(s_corpus)
        {
            Baseline = baseline,
            Config = new AuditConfig
            {
                Probes = [new PrefixProbeConfig { Samples = 5, Prefix = new(20, LengthUnit.Tokens), Suffix = new(20, LengthUnit.Tokens) }],
                Match = new MatchConfig { MinLength = new(50, LengthUnit.Characters) },
            },
        };
        await audit.RunAsync(new MemorizingTarget(s_corpus, new BytesTokenizer()));
        Assert.Equal(5, seen.Count);
        Assert.All(seen, r => Assert.Null(r.PromptTokens));
        Assert.All(seen, r => Assert.True(r.MaxTokens > 20));
    }

    [Fact]
    public async Task Permuted_suffixes_hit_only_where_the_model_says_the_same_to_everybody()
    {
        // Whatever it is asked, this model recites the continuation that belongs to one sample: permuting finds exactly that one partner.
        using var audit = new SmallAudit(s_corpus);
        string? said = null;
        var parrot = new MemorizingTarget([]) { Otherwise = r => said ??= s_corpus.First(t => t.Contains(r.Prompt, StringComparison.Ordinal)) is var t ? t[(t.IndexOf(r.Prompt, StringComparison.Ordinal) + r.Prompt.Length)..] : "" };
        AuditReport report = await audit.RunAsync(parrot);
        Assert.Equal((1, 20), (report.Rates[0].Hits, report.Rates[0].Trials));
        Assert.Equal((1, 20), AuditScene.HitsOf(report.Controls, "extraction", "permuted-suffix"));
    }

    [Fact]
    public async Task Suffixes_that_share_a_span_are_never_exchanged()
    {
        // Documents that differ in their first words only: every suffix is the same text.
        string shared = RandomText.Make(500, 30);
        string[] texts = [.. Enumerable.Range(0, 4).Select(i => RandomText.Make((ulong)(600 + i), 12) + " " + shared)];
        using var audit = new SmallAudit(texts)
        {
            Config = new AuditConfig
            {
                Probes = [new PrefixProbeConfig { Prefix = new(10, LengthUnit.Words), Suffix = new(32, LengthUnit.Words), Offset = SampleOffset.Start }],
                Match = new MatchConfig { MinLength = new(50, LengthUnit.Characters) },
            },
        };
        AuditReport report = await audit.RunAsync(new MemorizingTarget(texts));
        Assert.Equal(4, report.Rates[0].Hits);
        Assert.DoesNotContain(report.Controls, c => c.Null == "permuted-suffix");
        Assert.Contains(report.ControlsNotRun, c => c.Null == "permuted-suffix" && c.Reason.Contains("No stratum holds two samples", StringComparison.Ordinal));
        Assert.Contains(report.Notes, n => n.Contains("every other suffix of the stratum 1 shares text with theirs: 4 samples.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stratum_of_one_is_skipped_and_said()
    {
        using var audit = new SmallAudit([.. s_corpus, RandomText.Make(700, 60), RandomText.Make(700, 60)]);
        AuditReport report = await audit.RunAsync(new MemorizingTarget([]));
        Assert.Equal((0, 20), AuditScene.HitsOf(report.Controls, "extraction", "permuted-suffix"));
        Assert.Contains("The stratum 2-3 holds a single sample, so its suffix could not be permuted.", report.Notes);
    }

    [Fact]
    public async Task Chance_hits_are_a_curve_against_an_unrelated_index()
    {
        using var helper = new SmallAudit(["nothing but a place to build another index in"]);
        CorpusIndex foreign = helper.BuildIndex("foreign.rix", [SmallAudit.Document("f", "Whatever you say, I would rather talk about something else. " + RandomText.Make(900, 50))], 32);
        using var audit = new SmallAudit(s_corpus) { Foreign = foreign };
        AuditReport report = await audit.RunAsync(new MemorizingTarget([]));
        Curve curve = Assert.Single(report.Curves, c => c.Name == "foreign-index");
        Assert.Equal((32.0, 1.0), (curve.Points[0].X, curve.Points[0].Y));
        Assert.Equal(0, curve.Points[^1].Y);
        Assert.Equal(curve.Points.OrderBy(p => p.X).ThenByDescending(p => p.Y), curve.Points);
        Curve own = Assert.Single(report.Curves, c => c.Name == "longest-corpus-match");
        Assert.Equal(("prefix", 0.0), (own.Series, own.Points[0].Y));
    }

    [Fact]
    public async Task Canaries_that_were_planted_or_are_too_short_are_no_control()
    {
        using var audit = new SmallAudit(s_corpus)
        {
            Canaries = new CanaryList([new("a", 0, RandomText.Make(800, 60)), new("b", 0, "short"), new("c", 0, s_corpus[3]), new("d", 4, RandomText.Make(801, 60))]),
        };
        AuditReport report = await audit.RunAsync(new MemorizingTarget([]));
        Assert.Equal((0, 1), AuditScene.HitsOf(report.Controls, "extraction", "never-planted"));
        Assert.Contains("Left out, because too short for prefix and suffix: 1 never-planted canary.", report.Notes);
        Assert.Contains("Left out, because the corpus holds what should never have been planted: 1 canary.", report.Notes);
    }

    [Theory]
    [InlineData("{}", "has no list 'canaries'")]
    [InlineData("[", "this is no JSON")]
    [InlineData("""{"canaries":[{"id":"a","text":"b"}]}""", "canary 1 lacks")]
    [InlineData("""{"canaries":[{"id":"a","text":"b","duplicates":-1}]}""", "canary 1 lacks")]
    [InlineData("""{"canaries":[5]}""", "canary 1 lacks")]
    public void A_broken_canary_list_is_one_sentence(string json, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("c.json"), json);
        Assert.Contains(expected, Assert.Throws<ReciteException>(() => CanaryList.Read(folder.At("c.json"))).Message, StringComparison.Ordinal);
    }
}
