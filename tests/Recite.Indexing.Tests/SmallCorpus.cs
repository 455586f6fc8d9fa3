using System.Text;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Segments;
using Recite.Testing.Files;

namespace Recite.Indexing.Tests;

/// <summary>An index over a few texts, built for one test and removed with it.</summary>
internal sealed class SmallCorpus : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SmallCorpus()
    {
    }

    public string Path => _folder.At("corpus.rix");

    public CorpusIndex Index { get; private set; } = null!;

    public static SmallCorpus Build(IEnumerable<string> texts, CorpusBuildOptions? options = null)
    {
        var corpus = new SmallCorpus();
        corpus.Rebuild(texts, options);
        return corpus;
    }

    public static IAsyncEnumerable<Document> Documents(IEnumerable<string> texts) =>
        texts.Select((text, i) => new Document($"d{i}", $"uri:{i}", Encoding.UTF8.GetBytes(text))).ToAsyncEnumerable();

    public void Rebuild(IEnumerable<string> texts, CorpusBuildOptions? options = null)
    {
        Index?.Dispose();
        CorpusBuilder.BuildAsync(Documents(texts), Path, options ?? new CorpusBuildOptions(), null, TestContext.Current.CancellationToken)
            .GetAwaiter().GetResult();
        Index = CorpusIndex.Open(Path);
    }

    public MatchResult Match(string text, MatchOptions? options = null) =>
        new Matcher(Index).Match(
            Index.Normalizer.NormalizeWithMap(Encoding.UTF8.GetBytes(text)),
            options ?? new MatchOptions { MaxSources = int.MaxValue },
            TestContext.Current.CancellationToken);

    public void Dispose()
    {
        Index.Dispose();
        _folder.Dispose();
    }

    /// <summary>Options that make many small segments and use several workers.</summary>
    public static CorpusBuildOptions Options(int guarantee, TextStore store = TextStore.Zstd, long? segmentBytes = null, int threads = 2) =>
        new() { Guarantee = guarantee, Store = store, ForcedSegmentBytes = segmentBytes, Threads = threads };
}
