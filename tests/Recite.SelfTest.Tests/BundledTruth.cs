using Recite.Ingest;
using Recite.Testing;
using Recite.Testing.Files;

namespace Recite.SelfTest.Tests;

/// <summary>The bundled model and corpus, opened once for all tests of the collection <see cref="BundledTruthTests"/>.</summary>
public sealed class BundledTruth : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private GroundTruth? _ground;

    /// <summary>What the rows are given by <c>recite selftest</c>; the scratch folder is shared.</summary>
    public SelfTestContext Context => _ground!.Context;

    public async ValueTask InitializeAsync() =>
        _ground = await GroundTruth.OpenAsync(
            new GroundFiles(Repository.At("models/demo"), Repository.At("demo/canaries.json")),
            Read("demo/corpus"),
            Read("demo/never-trained"),
            _folder.Path,
            CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (_ground is not null)
            await _ground.DisposeAsync();
        _folder.Dispose();
    }

    private static IAsyncEnumerable<Recite.Indexing.Corpora.Document> Read(string folder) =>
        new DocumentIngest(new IngestOptions(), DocumentReaders.All()).ReadAsync(
            [Repository.At(folder)],
            standardInput: null,
            skipped => Assert.Fail(skipped.ToString()),
            onNotice: _ => { },
            CancellationToken.None);
}

/// <summary>Tests that share the bundled truth: put <c>[Collection(BundledTruthTests.Name)]</c> on the class and take <see cref="BundledTruth"/> in its constructor.</summary>
[CollectionDefinition(Name)]
public sealed class BundledTruthTests : ICollectionFixture<BundledTruth>
{
    public const string Name = "Bundled truth";
}
