using Recite.Cli.Settings;
using Recite.Cli.Terminal;
using Recite.Config;
using Recite.Indexing;
using Recite.Indexing.Corpora;
using Recite.Indexing.Text;
using Recite.Ingest;
using Recite.Reporting;
using Recite.Reports;
using Recite.Runs;

namespace Recite.Cli.Commands;

/// <summary><c>recite demo</c>: the whole job on what ships with the project; no network, no key, every completion made now.</summary>
internal sealed class DemoCommand : ReciteCommand
{
    private const string CorpusName = "corpus.rix";

    private readonly Setting<string?> _out;

    /// <summary>Creates the command.</summary>
    public DemoCommand()
        : base(
            "demo",
            "Indexes the bundled corpus, audits the bundled model against it and writes the report; no network, no key.",
            "recite demo",
            "recite demo --out /tmp/demo",
            "recite demo --json") =>
        _out = With(SettingFactory.Text("--out", "DIR", "Where index, run and report go.", defaultText: "recite-demo here"));

    /// <inheritdoc/>
    public override bool UsesConfigFile => false;

    /// <inheritdoc/>
    public override string InterruptedSentence => "Interrupted; every completion that was made is kept, and the same command continues.";

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        BundledFiles bundled = BundledFiles.Find(AppContext.BaseDirectory)
            ?? throw new ReciteException("The bundled corpus and model are not beside the program; run the demo from a checkout of Recite.");
        if (bundled.Missing.FirstOrDefault() is { } missing)
            throw new ReciteException($"The demo needs '{Path.GetRelativePath(bundled.Root, missing)}', which is not in the checkout.");

        string folder = context.Value(_out) ?? "recite-demo";
        string corpus = Path.Combine(folder, CorpusName);
        Directory.CreateDirectory(folder);
        await BuildAsync(context, bundled, corpus, cancellationToken);

        var runs = new RunStore(Path.Combine(folder, "runs"), context.Time);
        AuditConfig config = Config();
        var session = new AuditSession(context, runs, path => path is CorpusName ? corpus : Path.Combine(bundled.Root, path));
        string[] reports = [Path.Combine(folder, "report.html"), Path.Combine(folder, "report.json")];
        var outputs = new AuditOutputs(context, runs, reports, new ReportOptions());
        var options = new AuditOptions
        {
            Version = ProductVersion.Text,
            Command = "recite demo",
            Deliver = (made, stop) => outputs.SaveAsync(made, targets: 1, stop),
        };
        context.Terminal.Say("2 of 3: asking the bundled model for what it was trained on, and for what it never saw");
        AuditReport report = await session.RunAsync(config, config.Targets[0], options, cancellationToken);

        context.Terminal.Say("3 of 3: what it says");
        await outputs.PrintAsync(report, targets: 1, cancellationToken);
        return AuditVerdict.ExitCode(report, inconclusiveFails: false);
    }

    private static AuditConfig Config() => new()
    {
        Targets = ["onnx:models/demo"],
        Corpus = CorpusName,
        HeldOut = "demo/never-trained",
        Canaries = "demo/canaries.json",
        Probes =
        [
            new PrefixProbeConfig
            {
                Samples = 500,
                Prefix = new TextLength(50, LengthUnit.Tokens),
                Suffix = new TextLength(50, LengthUnit.Tokens),
                Seed = 7,
            },
        ],
    };

    private static async Task BuildAsync(CommandContext context, BundledFiles bundled, string corpus, CancellationToken cancellationToken)
    {
        context.Terminal.Say("1 of 3: indexing the bundled corpus");
        using var skipped = new SkippedInputs(context.Terminal, path: null);
        IAsyncEnumerable<Document> documents = context.Rooms.Ingest(new IngestOptions())
            .ReadAsync([bundled.Corpus], standardInput: null, skipped.Add, context.Terminal.Say, cancellationToken);
        IndexManifest manifest = await CorpusBuilder.BuildAsync(documents, corpus, new CorpusBuildOptions(), progress: null, cancellationToken);
        context.Terminal.Say($"        {Wording.Count(manifest.Documents, "document")}, {Wording.Bytes(manifest.Bytes)} of text");
    }
}
