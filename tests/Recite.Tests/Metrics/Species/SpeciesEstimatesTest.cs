using System.Text;
using System.Text.Json.Nodes;
using Recite.Config;
using Recite.Indexing.Text;
using Recite.Metrics.Species;
using Recite.Probes;
using Recite.Reporting;
using Recite.Targets;
using Recite.Tests.Fakes;

namespace Recite.Tests.Metrics.Species;

public sealed class SpeciesEstimatesTest
{
    [Fact]
    public async Task What_came_out_is_counted_once_however_often_it_came()
    {
        // Three excerpts of one document: two overlap, one comes out twice; and one of another document that is there in two copies.
        string first = RandomText.Make(1, 900), second = RandomText.Make(2, 300);
        using var audit = new SmallAudit([first, second, second, RandomText.Make(3, 300)]) { Config = Recorded() };
        string[] outputs = [first[..1000], first[500..1500], first[500..1500], first[3000..3600], second[..500], "Nothing of it at all stands there, anywhere."];
        AuditReport report = await audit.RunAsync(new RecordedTarget([.. outputs.Select((text, i) => new RecordedOutput($"o{i}", "", text, null, Disposition.Completed))]));

        Assert.Equal(2, Value(report, "unique-documents"));
        Assert.Equal(3, Value(report, "merged-spans"));
        // 1,500 characters are six windows, 600 at least two and at most three, 500 are two.
        Assert.InRange(Value(report, "unique-atoms"), 9, 12);
        int words = Words(first[..1500]) + Words(first[3000..3600]) + Words(second[..500]);
        Assert.InRange(Value(report, "merged-words"), words - 5, words + 1);
        JsonObject atoms = Find(report, "unique-atoms");
        Assert.Equal("windows of 250 characters on a fixed grid, the tokenizer not being known", (string)atoms["unit"]!);
        Assert.Null(atoms["null"]);
        Assert.DoesNotContain(report.Estimates, e => (string?)e["name"] == "distinct-strings");
    }

    [Fact]
    public async Task Below_fifty_completions_with_a_find_nothing_is_estimated_and_it_says_so()
    {
        string text = RandomText.Make(1, 900);
        using var audit = new SmallAudit([text]) { Config = Recorded() };
        AuditReport report = await audit.RunAsync(new RecordedTarget([.. Enumerable.Range(0, 49).Select(i => new RecordedOutput($"o{i}", "", text.Substring(i * 50, 300), null, Disposition.Completed))]));
        Assert.Equal("fewer than 50 completions held a find: 49", (string)Find(report, "unseen-atoms")["notPrinted"]!);
        Assert.DoesNotContain(report.Estimates, e => ((string)e["name"]!).StartsWith("missing-mass", StringComparison.Ordinal));
    }

    [Fact]
    public async Task From_fifty_on_the_rest_is_estimated_with_intervals()
    {
        string[] texts = [.. Enumerable.Range(0, 120).Select(i => RandomText.Make((ulong)i, 120))];
        using var audit = new SmallAudit(texts) { Config = Recorded() };
        var random = new SeededRandom(3);
        AuditReport report = await audit.RunAsync(new RecordedTarget([.. Enumerable.Range(0, 80).Select(i => new RecordedOutput($"o{i}", "", texts[random.Below(120)][..300], null, Disposition.Completed))]));

        // Eighty draws out of 120 leave 61 unseen on average, and as many again find 30 of them.
        JsonObject missing = Find(report, "missing-mass-of-documents"), twice = Find(report, "new-documents-at-twice"), ten = Find(report, "new-documents-at-ten-times"), least = Find(report, "documents-at-least");
        Assert.InRange((double)missing["value"]!, (double)missing["low"]!, (double)missing["high"]!);
        Assert.InRange((double)twice["value"]!, 5, 60);
        Assert.True((double)twice["low"]! < (double)twice["value"]! && (double)twice["value"]! < (double)twice["high"]!);
        Assert.Null(twice["extrapolated"]);
        Assert.True((bool)ten["extrapolated"]!);
        Assert.Null(least["high"]);
        Assert.True((double)least["value"]! >= Value(report, "unique-documents"));
        Assert.Equal("Good-Toulmin; delete-group jackknife over 50 groups of completions", (string)twice["method"]!);
        Assert.Equal(0.95, (double)twice["confidence"]!);
    }

    [Fact]
    public async Task A_prefix_probe_without_a_baseline_counts_extractions_alone_and_with_one_counts_both()
    {
        string[] texts = [.. Enumerable.Range(0, 12).Select(i => RandomText.Make((ulong)i, 100))];
        using var alone = new SmallAudit(texts);
        AuditReport without = await alone.RunAsync(new MemorizingTarget(texts[..5]));
        Assert.Equal("extractions", (string)Find(without, "unique-documents")["of"]!);
        Assert.Equal(5, Value(without, "unique-documents"));
        Assert.Contains("every find is new by design", (string)Find(without, "unseen-documents")["notPrinted"]!, StringComparison.Ordinal);

        using var paired = new SmallAudit(texts) { Baseline = new MemorizingTarget(texts[..2]) { Id = "fake:before" } };
        AuditReport with = await paired.RunAsync(new MemorizingTarget(texts[..5]));
        JsonObject control = Assert.Single(with.Estimates, e => (string?)e["name"] == "unique-documents" && (string?)e["null"] == "baseline-model");
        Assert.Equal(2, (long)control["value"]!);
    }

    [Fact]
    public void A_span_as_long_as_an_atom_has_one_wherever_it_begins_and_copies_share_theirs()
    {
        string text = RandomText.Make(1, 3000);
        using var audit = new SmallAudit([text, text]);
        var grid = new AtomGrid(audit.Probing(new MemorizingTarget([])));
        int bytes = Encoding.UTF8.GetByteCount(text);
        Assert.Equal(bytes / 250 + (bytes % 250 >= 125 ? 1 : 0), grid.Covered(0, 0, bytes).Distinct().Count());
        for (int start = 0; start + 250 <= bytes; start += 37)
        {
            int[] covered = [.. grid.Covered(0, start, start + 250)];
            Assert.InRange(covered.Length, 1, 2);
            Assert.Equal(covered, grid.Covered(1, start, start + 250));
        }
    }

    [Fact]
    public void The_grid_goes_on_over_blocks_without_a_gap_and_cuts_no_code_point()
    {
        var text = new StringBuilder();
        for (int i = 0; text.Length < 2 * AtomGrid.BlockBytes; i++)
            text.Append("äöü🍎").Append(RandomText.Make((ulong)i, 50));
        using var audit = new SmallAudit([text.ToString()]);
        var grid = new AtomGrid(audit.Probing(new MemorizingTarget([], new BytesTokenizer())));
        Assert.Equal("windows of 50 tokens on a fixed grid", grid.Unit);
        long bytes = audit.Index.GetDocument(0).Bytes;
        int[] all = [.. grid.Covered(0, 0, bytes)];
        Assert.Equal(all.Length, all.Distinct().Count());

        // A tokens's three bytes, fifty to a window: a span of 150 bytes always finds one, also across the border of two blocks.
        for (long start = AtomGrid.BlockBytes - 400; start < AtomGrid.BlockBytes + 200; start += 7)
            Assert.NotEmpty(grid.Covered(0, start, start + 300));
    }

    private static AuditConfig Recorded() => new() { Probes = [new RecordedProbeConfig()], Match = new MatchConfig { MinLength = new(50, LengthUnit.Characters) } };

    private static JsonObject Find(AuditReport report, string name) => report.Estimates.First(e => (string?)e["name"] == name);

    private static long Value(AuditReport report, string name) => (long)Find(report, name)["value"]!;

    private static int Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
}
