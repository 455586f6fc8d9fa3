using System.Text.Json.Nodes;
using Recite.Reporting;
using Recite.Targets;
using Recite.Tests.Auditing;
using Recite.Tests.Fakes;

namespace Recite.Tests.Metrics;

public sealed class OutcomeFiguresTest
{
    private const string Mail = "reach ann.lee@example.com for more of this and of that";

    [Fact]
    public async Task Filtered_replies_count_as_attempts_and_not_as_completed_and_keep_their_text()
    {
        AuditReport report = await RunAsync(AuditScene.Corpus, c => c with { Disposition = Disposition.Filtered, FinishReason = "RECITATION" });
        int attempts = report.Dispositions["filtered"];
        Assert.Equal(report.Cost.Attempts, attempts);

        Rate over = Headline(report, "attempts");
        Assert.True(over.Hits > 0, "the text before the filter is matched");
        Assert.Equal(0, Headline(report, "completed").Trials);

        JsonObject filtered = Estimate(report, "filtered");
        Assert.Equal(((int)filtered["trials"]!, (int)filtered["trials"]!), ((int)filtered["hits"]!, over.Trials));
        Assert.Equal((int)filtered["hits"]!, (int)Estimate(report, "recitation-filter")["hits"]!);
        Assert.Contains(filtered["controls"]!.AsArray(), c => (string)c!["null"]! == "held-out");
        Assert.Contains(report.Notes, n => n.Contains("That is evidence and no refusal", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_content_filter_that_does_not_speak_of_recitation_is_counted_without_that_claim()
    {
        AuditReport report = await RunAsync(AuditScene.Corpus, c => c with { Disposition = Disposition.Filtered, FinishReason = "content_filter", Text = "" });
        Assert.Equal(0, Headline(report, "attempts").Hits);
        Assert.DoesNotContain(report.Estimates, e => (string?)e["name"] == "recitation-filter");
        Assert.Contains(report.Notes, n => n.Contains("0 of them kept the text", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_filter_there_is_nothing_to_say_of_one()
    {
        AuditReport report = await RunAsync(AuditScene.Corpus, c => c);
        Assert.DoesNotContain(report.Estimates, e => (string?)e["name"] is "filtered" or "personal-data" or "personal-data-emitted");
        Assert.DoesNotContain(report.Notes, n => n.Contains("filter", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Personal_data_from_the_corpus_is_counted_apart_by_class_with_its_null()
    {
        string[] corpus = [.. AuditScene.Corpus.Select(t => $"{t[..70]} {Mail} {t[70..]}")];
        AuditReport report = await RunAsync(corpus, c => c with { Text = c.Text.Contains("something else", StringComparison.Ordinal) ? c.Text + " write to nobody@example.org" : c.Text });
        JsonObject fromCorpus = Estimate(report, "personal-data");
        Assert.Equal("mail", (string)fromCorpus["class"]!);
        Assert.InRange((int)fromCorpus["hits"]!, 1, (int)fromCorpus["trials"]!);
        Assert.Equal(0, (int)Control(fromCorpus)["hits"]!);

        // What a model makes up is emitted, by the controls too, and does not come from the corpus.
        JsonObject emitted = Estimate(report, "personal-data-emitted");
        Assert.Equal((int)Control(emitted)["trials"]!, (int)Control(emitted)["hits"]!);
    }

    [Fact]
    public async Task An_address_that_the_prompt_held_is_an_echo()
    {
        string[] corpus = [.. AuditScene.Corpus.Select(t => $"{Mail} {t}")];
        using var audit = new SmallAudit(corpus) { HeldOut = AuditScene.HeldOut(AuditScene.Never) };
        AuditReport report = await audit.RunAsync(new MemorizingTarget([]) { Otherwise = request => request.Prompt });
        Assert.Contains(report.Findings.Select(f => f.Prompt).Append(Mail), p => p.Contains('@', StringComparison.Ordinal));
        Assert.DoesNotContain(report.Estimates, e => (string?)e["name"] is "personal-data" or "personal-data-emitted");
    }

    private static JsonObject Estimate(AuditReport report, string name) => report.Estimates.First(e => (string?)e["name"] == name);

    private static JsonNode Control(JsonObject estimate) => estimate["controls"]!.AsArray().Single(c => (string)c!["null"]! == "held-out")!;

    private static Rate Headline(AuditReport report, string over) => report.Rates.First(r => r.Name == "extraction" && r.Base == over && r.Stratum is null);

    private static async Task<AuditReport> RunAsync(string[] corpus, Func<Completion, Completion> change)
    {
        using var audit = new SmallAudit(corpus) { HeldOut = AuditScene.HeldOut(AuditScene.Never) };
        return await audit.RunAsync(new MemorizingTarget(corpus) { Change = (_, completion) => change(completion) });
    }
}
