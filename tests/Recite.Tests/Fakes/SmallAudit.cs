using System.Text;
using Microsoft.Extensions.Time.Testing;
using Recite.Config;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Text;
using Recite.Probes;
using Recite.Reporting;
using Recite.Runs;
using Recite.Targets;
using Recite.Testing.Files;

namespace Recite.Tests.Fakes;

/// <summary>A small real index, a run store and a clock, for one test.</summary>
internal sealed class SmallAudit : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallAudit(IEnumerable<string> texts, int guarantee = 32)
        : this(texts.Select((text, i) => Document($"d{i}", text)), guarantee)
    {
    }

    public SmallAudit(IEnumerable<Document> documents, int guarantee = 32)
    {
        Index = BuildIndex("corpus.rix", documents, guarantee);
        Runs = new RunStore(_folder.At("runs"), Time);
    }

    public CorpusIndex Index { get; }

    public RunStore Runs { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public AuditConfig Config { get; init; } = new()
    {
        Corpus = "./corpus.rix",
        Probes = [new PrefixProbeConfig { Samples = 40, Prefix = new(60, LengthUnit.Characters), Suffix = new(60, LengthUnit.Characters) }],
        Match = new MatchConfig { MinLength = new(50, LengthUnit.Characters) },
    };

    public IReadOnlyList<Document> HeldOut { get; init; } = [];

    public CanaryList? Canaries { get; init; }

    public ITarget? Baseline { get; init; }

    public CorpusIndex? Foreign { get; init; }

    public static Document Document(string id, string text) => new(id, "file:" + id, Encoding.UTF8.GetBytes(text));

    public CorpusIndex BuildIndex(string name, IEnumerable<Document> documents, int guarantee)
    {
        CorpusBuilder.BuildAsync(documents.ToAsyncEnumerable(), _folder.At(name), new CorpusBuildOptions { Guarantee = guarantee, Threads = 1 }, null, TestContext.Current.CancellationToken)
            .GetAwaiter().GetResult();
        return CorpusIndex.Open(_folder.At(name));
    }

    public AuditInputs Inputs(ITarget target) => new()
    {
        Config = Config,
        Target = target,
        Corpus = Index,
        Runs = Runs,
        Time = Time,
        HeldOut = HeldOut,
        Canaries = Canaries,
        Baseline = Baseline,
        Foreign = Foreign,
    };

    public Task<AuditReport> RunAsync(ITarget target, AuditOptions? options = null, CancellationToken? cancellationToken = null) =>
        AuditPipeline.RunAsync(Inputs(target), options ?? new AuditOptions(), null, cancellationToken ?? TestContext.Current.CancellationToken);

    public ProbeContext Probing(ITarget target) => new() { Config = Config, Target = target, Index = Index, Matcher = new Matcher(Index) };

    public void Dispose()
    {
        Index.Dispose();
        Foreign?.Dispose();
        _folder.Dispose();
    }
}
