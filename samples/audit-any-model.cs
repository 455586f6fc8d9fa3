#:project ../src/Recite/Recite.csproj
#:property PublishAot=false

// Audit anything that completes text, here a "model" that knows one of three documents by heart:  dotnet run samples/audit-any-model.cs
using System.Runtime.CompilerServices;
using System.Text;
using Recite;
using Recite.Config;
using Recite.Indexing.Corpora;
using Recite.Indexing.Text;
using Recite.Reporting;
using Recite.Runs;
using Recite.Targets;

string[] texts =
[
    "The glazier's cart came down the hill on Tuesdays, packed with straw, and every window in the street knew whether it was cracked before he did.",
    "Salt was measured in the old harbour by a box without a lid, and the clerk who levelled it with a ruler was never once invited to a wedding.",
    "A bell without a clapper hangs in the school yard; the caretaker strikes it with a horseshoe and has done so through four headmasters.",
];
string folder = Directory.CreateTempSubdirectory("recite-sample-").FullName;
try
{
    string path = Path.Combine(folder, "corpus.rix");
    await CorpusBuilder.BuildAsync(Documents(texts), path, new CorpusBuildOptions(), progress: null, CancellationToken.None);
    using CorpusIndex corpus = CorpusIndex.Open(path);
    await using var target = new KnowsByHeart(texts[1]);

    AuditReport report = await AuditPipeline.RunAsync(
        new AuditInputs
        {
            Config = new AuditConfig
            {
                Probes = [new PrefixProbeConfig { Prefix = new TextLength(50, LengthUnit.Characters), Suffix = new TextLength(40, LengthUnit.Characters), Offset = SampleOffset.Start }],
            },
            Target = target,
            Corpus = corpus,
            Runs = new RunStore(Path.Combine(folder, "runs"), TimeProvider.System),
            Time = TimeProvider.System,
        },
        new AuditOptions(),
        progress: null,
        CancellationToken.None);

    Rate rate = report.Rates.First(rate => rate is { Name: "extraction", Stratum: null });
    Console.WriteLine($"{rate.Hits} of {rate.Trials} samples came back");
    foreach (var finding in report.Findings)
        Console.WriteLine($"  from document {finding.Match.Sources[0].Document}: \"{finding.Completion}\"");
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static async IAsyncEnumerable<Document> Documents(string[] texts)
{
    for (int i = 0; i < texts.Length; i++)
        yield return new Document($"{i}", $"{i}", Encoding.UTF8.GetBytes(texts[i]));
    await Task.CompletedTask;
}

/// <summary>Goes on where the prompt stops if it knows the text, else says something of its own.</summary>
internal sealed class KnowsByHeart(string text) : ITarget
{
    public string Id => "sample:by-heart";

    public TargetCapabilities Capabilities { get; } = new("local", null, Scoring: false, TokenPrompts: false, Deterministic: true, ContextTokens: null);

    public ITokenizer? Tokenizer => null;

    public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async IAsyncEnumerable<Completion> CompleteAsync(IReadOnlyList<CompletionRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (CompletionRequest request in requests)
        {
            int known = text.IndexOf(request.Prompt, StringComparison.Ordinal);
            string rest = known < 0 ? " and nobody could say why." : text[(known + request.Prompt.Length)..];
            yield return new Completion
            {
                RequestIndex = request.Index,
                Disposition = Disposition.Truncated,
                Text = rest[..Math.Min(rest.Length, request.MaxTokens)],
            };
        }
    }

    public IAsyncEnumerable<SuffixScore> ScoreAsync(IReadOnlyList<ScoreRequest> requests, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This model tells no probabilities.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
