using Recite.Config;
using Recite.Indexing;
using Recite.Indexing.Corpora;
using Recite.Models.Onnx;

namespace Recite.SelfTest;

/// <summary>Opens what rows measure on and closes it again: indexes the bundled corpus in a scratch folder and connects the bundled model.</summary>
public sealed class GroundTruth : IAsyncDisposable
{
    // Whatever stands here pretends to be never trained and was trained; see the card of the bundled corpus.
    private const string PlantedControl = "planted/";

    private readonly OnnxTarget _target;
    private readonly CorpusIndex _corpus;

    private GroundTruth(OnnxTarget target, CorpusIndex corpus, SelfTestContext context)
    {
        _target = target;
        _corpus = corpus;
        Context = context;
    }

    /// <summary>What rows are given.</summary>
    public SelfTestContext Context { get; }

    /// <summary>Opens everything.</summary>
    /// <param name="files">Where the bundled model and list of canaries are.</param>
    /// <param name="corpus">The bundled corpus as its readers give it.</param>
    /// <param name="neverTrained">The held-out texts; the control that was planted on purpose is left out here.</param>
    /// <param name="scratch">An existing, empty folder; the caller removes it after this has been closed.</param>
    /// <param name="cancellationToken">Stops the building and the loading.</param>
    /// <exception cref="ReciteException">A file is missing or is not what it should be.</exception>
    public static async Task<GroundTruth> OpenAsync(
        GroundFiles files, IAsyncEnumerable<Document> corpus, IAsyncEnumerable<Document> neverTrained, string scratch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        List<Document> trained = await ReadAsync(corpus, cancellationToken);
        List<Document> heldOut = await ReadAsync(neverTrained, cancellationToken);
        string path = Path.Combine(scratch, "corpus.rix");
        await CorpusBuilder.BuildAsync(trained.ToAsyncEnumerable(), path, new CorpusBuildOptions(), progress: null, cancellationToken);
        CanaryList canaries = CanaryList.Read(files.Canaries);
        CorpusIndex index = CorpusIndex.Open(path);
        var target = new OnnxTarget(files.Model);
        try
        {
            await target.ConnectAsync(cancellationToken);
            return new GroundTruth(target, index, new SelfTestContext
            {
                Target = target,
                ModelDirectory = files.Model,
                Corpus = index,
                CorpusDocuments = trained,
                NeverTrained = [.. heldOut.Where(document => !document.Id.StartsWith(PlantedControl, StringComparison.Ordinal))],
                Canaries = canaries,
                Scratch = scratch,
            });
        }
        catch
        {
            await target.DisposeAsync();
            index.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _target.DisposeAsync();
        _corpus.Dispose();
    }

    private static async Task<List<Document>> ReadAsync(IAsyncEnumerable<Document> documents, CancellationToken cancellationToken)
    {
        var read = new List<Document>();
        await foreach (Document document in documents.WithCancellation(cancellationToken))
            read.Add(document);
        return read;
    }
}

/// <summary>Where the files of the ground truth are that are no documents.</summary>
/// <param name="Model">Directory of the bundled model.</param>
/// <param name="Canaries">The list of canaries, planted and never planted.</param>
public sealed record GroundFiles(string Model, string Canaries);
