using BenchmarkDotNet.Attributes;
using Recite.Indexing.Corpora;
using Recite.Indexing.Segments;

namespace Recite.Benchmarks.Indexing;

/// <summary>From documents in memory to a committed index on disk, 80 MB.</summary>
public class CorpusBuilderBenchmarks
{
    private List<Document> _documents = [];
    private string _folder = "";

    [Params(64, 128)]
    public int Guarantee { get; set; }

    [Params(TextStore.Zstd, TextStore.Raw)]
    public TextStore Store { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _documents = BenchmarkCorpus.Make(20_000, seed: 1);
        _folder = Directory.CreateTempSubdirectory("recite-bench-").FullName;
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);

    [Benchmark]
    public async Task<long> Build()
    {
        IndexManifest manifest = await CorpusBuilder.BuildAsync(
            _documents.ToAsyncEnumerable(), Path.Combine(_folder, "bench.rix"), new CorpusBuildOptions { Guarantee = Guarantee, Store = Store }, null, CancellationToken.None);
        return manifest.Documents == _documents.Count ? manifest.Bytes : throw new InvalidOperationException("documents were lost");
    }
}
