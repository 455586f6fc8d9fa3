using System.Text;
using Recite.Config;
using Recite.Indexing.Corpora;
using Recite.Targets;
using Recite.Testing.Files;

namespace Recite.SelfTest.Tests.Rows;

/// <summary>A small corpus and a target that is never asked, for rows that need no model.</summary>
internal sealed class RowScene : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RowScene(params IEnumerable<string> texts)
    {
        IEnumerable<Document> documents = texts.Select((text, i) => new Document($"d{i}", $"file:d{i}", Encoding.UTF8.GetBytes(text)));
        CorpusBuilder.BuildAsync(documents.ToAsyncEnumerable(), _folder.At("corpus.rix"), new CorpusBuildOptions { Guarantee = 32, Threads = 1 }, null, TestContext.Current.CancellationToken)
            .GetAwaiter().GetResult();
        Context = new SelfTestContext
        {
            Target = new UnaskedTarget(),
            ModelDirectory = "",
            Corpus = CorpusIndex.Open(_folder.At("corpus.rix")),
            CorpusDocuments = [.. documents],
            NeverTrained = [],
            Canaries = new CanaryList([]),
            Scratch = _folder.At("scratch"),
        };
    }

    public SelfTestContext Context { get; }

    public void Dispose()
    {
        Context.Corpus.Dispose();
        _folder.Dispose();
    }

    private sealed class UnaskedTarget : ITarget
    {
        public string Id => "fake:unasked";

        public ITokenizer? Tokenizer => null;

        public TargetCapabilities Capabilities => new("local", null, Scoring: false, TokenPrompts: false, Deterministic: true, null);

        public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public IAsyncEnumerable<Completion> CompleteAsync(IReadOnlyList<CompletionRequest> requests, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<SuffixScore> ScoreAsync(IReadOnlyList<ScoreRequest> requests, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
