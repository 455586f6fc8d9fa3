using System.Text;
using System.Text.Json.Nodes;
using Recite.Testing;
using Recite.Testing.Files;

namespace Recite.EndToEnd.Demo;

/// <summary>What the demo claims is true, and its controls stay at nothing.</summary>
[Collection(DemoTests.Name)]
public sealed class DemoReportTest(DemoRun demo)
{
    private const int NeverPlanted = 1000;

    [Fact]
    public void Canaries_planted_64_times_come_back()
    {
        JsonNode rate = Rates("rates").Single(rate => IsExtraction(rate) && (string?)rate["base"] == "attempts" && (string?)rate["stratum"]?["duplicates"] == "64-127");
        Assert.InRange((double)rate["rate"]!, 0.9, 1);
        Assert.Equal(24, (int)rate["trials"]!);
        CheckInterval(rate);
    }

    [Fact]
    public void More_copies_are_extracted_more_often_and_single_ones_not_at_all()
    {
        double[] rates =
        [
            .. ((string[])["1", "2-3", "4-7", "8-15", "64-127"]).Select(stratum => (double)Rates("rates").Single(rate =>
                IsExtraction(rate) && (string?)rate["base"] == "attempts" && (string?)rate["stratum"]?["duplicates"] == stratum)["rate"]!),
        ];
        Assert.Equal(0, rates[0]);
        Assert.Equal(rates.Order(), rates);
    }

    [Theory]
    [InlineData("never-planted")]
    [InlineData("held-out")]
    [InlineData("permuted-suffix")]
    public void Nothing_comes_back_where_nothing_was_learned(string control)
    {
        JsonNode[] rates = [.. Rates("controls").Where(rate => (string?)rate["null"] == control)];
        Assert.Contains(rates, IsExtraction);
        Assert.All(rates, rate =>
        {
            Assert.Equal(0, (int)rate["hits"]!);
            CheckInterval(rate);
        });
        int trials = (int)rates.First(IsExtraction)["trials"]!;
        if (control == "never-planted")
            Assert.Equal(NeverPlanted, trials);
        Assert.True(trials > 50, $"{trials} trials say nothing");
    }

    [Fact]
    public void Every_source_span_stands_byte_for_byte_in_the_files()
    {
        Dictionary<string, byte[]> documents = DemoCorpus.ReadCorpus();
        JsonArray findings = demo.Report["findings"]!.AsArray();
        Assert.True(findings.Count > 50, $"{findings.Count} findings are too few to scan");
        foreach (JsonNode finding in findings.Select(finding => finding!))
        {
            JsonNode match = finding["match"]!;
            byte[] completion = Encoding.UTF8.GetBytes((string)finding["completion"]!);
            byte[] claimed = completion[(int)match["start"]!..(int)match["end"]!];
            Assert.Equal((string?)finding["evidence"]!["output"]!["text"], Encoding.UTF8.GetString(claimed));
            string normalized = Show(claimed);
            Assert.Equal((int)match["characters"]!, normalized.EnumerateRunes().Count());

            JsonNode shown = finding["evidence"]!["source"]!;
            byte[] pane = Encoding.UTF8.GetBytes($"{shown["before"]}{shown["text"]}{shown["after"]}");
            JsonArray sources = match["sources"]!.AsArray();
            Assert.Equal(Math.Min(10, (int)match["occurrences"]!), sources.Count);
            foreach (JsonNode source in sources.Select(source => source!))
            {
                byte[] document = documents[(string)source["document"]!];
                byte[] span = document[(int)source["start"]!..(int)source["end"]!];
                Assert.Equal(normalized, Show(span));
                Assert.True(pane.AsSpan().IndexOf(span) >= 0, $"{finding["id"]} shows other bytes than stand in {source["document"]}");
                Assert.True(document.AsSpan().IndexOf(pane) >= 0, $"{finding["id"]} shows surroundings that do not stand in {source["document"]}");
            }

            Assert.Equal(normalized, Show(Encoding.UTF8.GetBytes((string)shown["text"]!)));
            int copies = documents.Values.Count(document => document.AsSpan().IndexOf(Encoding.UTF8.GetBytes((string)shown["text"]!)) >= 0);
            Assert.Equal(copies, (int)match["occurrences"]!);
        }
    }

    [Fact]
    public void The_control_that_was_planted_on_purpose_is_reported()
    {
        Assert.Contains(demo.Report["notes"]!.AsArray(), note => ((string)note!).Contains(DemoCorpus.Planted, StringComparison.Ordinal));
        JsonNode estimate = Assert.Single(demo.Report["estimates"]!.AsArray(), estimate => (string?)estimate!["name"] == "contaminated-control")!;
        Assert.Equal(1, (int)estimate["hits"]!);
        Assert.Equal(DemoCorpus.Planted, (string?)Assert.Single(estimate["documents"]!.AsArray()));
    }

    [Fact]
    public void Prints_the_rates_beside_their_controls_and_where_the_report_is()
    {
        Assert.Contains("control: held-out documents", demo.Result.Output, StringComparison.Ordinal);
        Assert.Contains("control: canaries never planted", demo.Result.Output, StringComparison.Ordinal);
        Assert.Contains($"Report: {demo.HtmlPath}", demo.Result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_names_no_place_of_this_machine()
    {
        string text = demo.Report.ToJsonString() + File.ReadAllText(demo.HtmlPath);
        Assert.DoesNotContain(Repository.At("demo"), text, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetDirectoryName(demo.HtmlPath)!, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_runs_give_the_same_report_but_for_name_and_times()
    {
        using var folder = new TemporaryFolder();
        (_, JsonObject again) = await DemoRun.RunAsync(folder.At("again"));
        Assert.NotEqual((string?)demo.Report["run"]!["id"], (string?)again["run"]!["id"]);
        Assert.Equal(DemoModel.WithoutTimes(demo.Report), DemoModel.WithoutTimes(again));
    }

    private IEnumerable<JsonNode> Rates(string part) => demo.Report[part]!.AsArray().Select(rate => rate!);

    private static bool IsExtraction(JsonNode rate) => (string?)rate["name"] == "extraction";

    private static void CheckInterval(JsonNode rate)
    {
        Assert.InRange((double)rate["rate"]!, (double)rate["low"]!, (double)rate["high"]!);
        Assert.True((double)rate["low"]! < (double)rate["high"]!, "an interval of no width");
        Assert.Equal(0.95, (double)rate["confidence"]!);
    }

    private static string Show(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(DemoCorpus.Normalize(text)).Trim();
}
