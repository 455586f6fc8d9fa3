using System.Text;
using BenchmarkDotNet.Attributes;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Segments;
using Recite.Indexing.Text;

namespace Recite.Benchmarks.Indexing;

/// <summary>Tracing 2 KB of output against 80 MB of corpus: text that is not there, with planted spans, and a verbatim piece.</summary>
[MemoryDiagnoser]
public class MatcherBenchmarks
{
    private const int QueryBytes = 2048;

    private string _folder = "";
    private CorpusIndex _index = null!;
    private Matcher _matcher = null!;
    private NormalizedText _query = null!;
    private int _expected;

    [Params(TextStore.Zstd, TextStore.Raw)]
    public TextStore Store { get; set; }

    [Params("foreign", "planted", "verbatim")]
    public string Query { get; set; } = "";

    [GlobalSetup]
    public async Task SetupAsync()
    {
        List<Document> documents = BenchmarkCorpus.Make(20_000, seed: 1);
        string foreign = Encoding.UTF8.GetString(BenchmarkCorpus.Make(1, seed: 2)[0].Text.Span)[..QueryBytes];
        string corpus = Encoding.UTF8.GetString(documents[12_345].Text.Span)[..QueryBytes];
        (string text, _expected) = Query switch
        {
            "planted" => (foreign[..800] + " " + corpus[300..600] + " " + foreign[1100..], 1),
            "verbatim" => (corpus, 1),
            _ => (foreign, 0),
        };

        _folder = Directory.CreateTempSubdirectory("recite-bench-").FullName;
        string path = Path.Combine(_folder, "bench.rix");
        await CorpusBuilder.BuildAsync(documents.ToAsyncEnumerable(), path, new CorpusBuildOptions { Store = Store }, null, CancellationToken.None);
        _index = CorpusIndex.Open(path);
        _matcher = new Matcher(_index);
        _query = _index.Normalizer.NormalizeWithMap(Encoding.UTF8.GetBytes(text));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _index.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public int FindMaximalSpans() => Checked(_matcher.FindMaximalSpans(_query.Bytes.Span, CancellationToken.None).Count);

    [Benchmark]
    public int Match() => Checked(_matcher.Match(_query, new MatchOptions(), CancellationToken.None).Matches.Count);

    private int Checked(int matches) => matches == _expected ? matches : throw new InvalidOperationException($"{matches} matches where {_expected} were planted");
}
