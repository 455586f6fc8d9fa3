using System.Text;
using System.Text.Json.Nodes;
using Recite.Testing;
using Recite.Testing.Files;

namespace Recite.EndToEnd;

/// <summary>One run of <c>recite demo</c>, shared by the tests that look at it.</summary>
public sealed class DemoRun : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal ReciteResult Result { get; private set; } = null!;

    public JsonNode Report { get; private set; } = null!;

    public string this[string name] => _folder.At(name);

    public async ValueTask InitializeAsync()
    {
        Result = await ReciteProcess.RunAsync(_folder.Path, "demo", "--out", "out");
        Result.Success();
        Report = JsonNode.Parse(File.ReadAllText(_folder.At("out/report.json")))!;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed class DemoTest(DemoRun demo) : IClassFixture<DemoRun>
{
    [Fact]
    public void Prints_the_rates_beside_their_controls_and_where_the_report_is()
    {
        Assert.Contains("control: held-out documents", demo.Result.Output, StringComparison.Ordinal);
        Assert.Contains("control: canaries never planted", demo.Result.Output, StringComparison.Ordinal);
        Assert.Contains("Report: out/report.html", demo.Result.Output, StringComparison.Ordinal);
        Assert.True(new FileInfo(demo["out/report.html"]).Length > 10_000);
    }

    [Fact]
    public void Canaries_come_back_the_more_the_oftener_they_were_planted()
    {
        JsonNode most = Rate("64-127");
        Assert.True((double)most["rate"]! >= 0.9, most.ToJsonString());
        Assert.Equal(0, (int)Rate("1")["hits"]!);
    }

    [Fact]
    public void Controls_are_at_zero_with_an_interval_above_it()
    {
        JsonArray controls = demo.Report["controls"]!.AsArray();
        Assert.Superset(new HashSet<string?> { "held-out", "never-planted", "permuted-suffix" }, controls.Select(control => (string?)control!["null"]).ToHashSet());
        Assert.All(controls, control =>
        {
            Assert.Equal(0, (int)control!["hits"]!);
            Assert.True((double)control["high"]! > 0, control.ToJsonString());
        });
    }

    [Fact]
    public void Every_finding_stands_in_the_corpus_by_a_scan_that_knows_nothing_of_the_index()
    {
        Dictionary<string, byte[]> corpus = ReadCorpus();
        JsonArray findings = demo.Report["findings"]!.AsArray();
        Assert.NotEmpty(findings);
        foreach (JsonNode? finding in findings)
        {
            JsonNode match = finding!["match"]!;
            byte[] completion = Encoding.UTF8.GetBytes((string)finding["completion"]!);
            string said = Letters(completion.AsSpan((int)match["start"]!..(int)match["end"]!));
            Assert.True(said.Length >= 10, finding.ToJsonString());
            foreach (JsonNode? source in match["sources"]!.AsArray())
            {
                byte[] document = corpus[(string)source!["document"]!];
                Assert.Equal(said, Letters(document.AsSpan((int)source["start"]!..(int)source["end"]!)));
            }
        }
    }

    [Fact]
    public void The_report_names_no_place_of_this_machine()
    {
        string text = File.ReadAllText(demo["out/report.json"]) + File.ReadAllText(demo["out/report.html"]);
        Assert.DoesNotContain(Repository.At("demo"), text, StringComparison.Ordinal);
        Assert.DoesNotContain(demo["out"], text, StringComparison.Ordinal);
    }

    private JsonNode Rate(string duplicates) => demo.Report["rates"]!.AsArray()
        .First(rate => (string?)rate!["name"] is "extraction" && (string?)rate["stratum"]?["duplicates"] == duplicates)!;

    // Case, spacing and punctuation are not compared: the demo's texts hold nothing else that normalization changes.
    private static string Letters(ReadOnlySpan<byte> utf8) =>
        string.Concat(Encoding.UTF8.GetString(utf8).Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static Dictionary<string, byte[]> ReadCorpus()
    {
        var documents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        string root = Repository.At("demo/corpus");
        foreach (string file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            if (!file.EndsWith(".jsonl", StringComparison.Ordinal))
            {
                documents.Add(Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllBytes(file));
                continue;
            }

            foreach (JsonNode? line in File.ReadLines(file).Where(line => line.Length > 0).Select(line => JsonNode.Parse(line)))
                documents.Add((string)line!["id"]!, Encoding.UTF8.GetBytes((string)line["text"]!));
        }

        return documents;
    }
}
