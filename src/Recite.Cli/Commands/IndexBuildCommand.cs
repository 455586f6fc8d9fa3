using System.CommandLine;
using System.Text.Json.Nodes;
using Recite.Cli.Settings;
using Recite.Cli.Terminal;
using Recite.Indexing;
using Recite.Indexing.Corpora;
using Recite.Indexing.Segments;

namespace Recite.Cli.Commands;

/// <summary><c>recite index build</c>: documents in, an index out.</summary>
internal sealed class IndexBuildCommand : ReciteCommand
{
    private readonly Argument<string[]> _inputs;
    private readonly Setting<string?> _output;
    private readonly Setting<int?> _guarantee;
    private readonly Setting<string> _normalization;
    private readonly Setting<string> _store;
    private readonly IndexWorkSettings _work = new();
    private readonly IngestSettings _ingest = new();

    /// <summary>Creates the command.</summary>
    public IndexBuildCommand()
        : base(
            "build",
            "Builds an index of texts: plain text, Markdown, HTML, PDF, EPUB, Word, JSON Lines, CSV, Parquet, Arrow, WARC and WET, also in tar and zip, as .gz and .zst; of a git repository the tracked files, of a dataset folder the tables.",
            "recite index build books/ -o books.rix",
            "recite index build 'data/**/*.jsonl.zst' -o corpus.rix --text-field content --memory 2G",
            "cat texts.jsonl | recite index build - -o corpus.rix --guarantee 32")
    {
        _inputs = With(IngestSettings.CreateInputs());
        _output = With(SettingFactory.Text("--output", "CORPUS.rix", "The index; one that stands there is replaced at once when the new one is whole.", aliases: "-o"));
        _guarantee = With(SettingFactory.Number("--guarantee", "BYTES", "Find every match of at least this many normalized bytes; 30 or more.", 1, "index.guarantee", "64"));
        _normalization = With(SettingFactory.Word("--normalization", "What counts as equal text.", ["text", "code", "code-renamed", "exact"], "text", "index.normalization"));
        _store = With(SettingFactory.Word("--store", "How the text is kept: compressed, or raw and faster.", ["zstd", "raw"], "zstd", "index.store"));
        WithAll(_work.All);
        WithAll(_ingest.All);
    }

    /// <inheritdoc/>
    public override string InterruptedSentence => "Interrupted; no index was written, and what stood there before is unchanged.";

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string output = context.Value(_output)
            ?? throw new ReciteException("'recite index build' needs a place for the index: add -o CORPUS.rix.");
        CorpusBuildOptions options = BuildOptions(context);
        IReadOnlyList<string> inputs = context.Values(_inputs);
        using var skipped = new SkippedInputs(context.Terminal, context.Value(_ingest.SkippedFile));
        long inputBytes = InputBytes.Sum(inputs);

        IndexManifest manifest = await context.Terminal.WithProgressAsync("index build", async progress =>
        {
            var builder = new BuildProgressReading(progress, inputBytes, skipped);
            IAsyncEnumerable<Document> documents = context.Rooms.Ingest(_ingest.Options(context))
                .ReadAsync(inputs, context.Terminal.OpenInput(), skipped.Add, context.Terminal.Say, cancellationToken);
            return await CorpusBuilder.BuildAsync(documents, output, options, builder, cancellationToken);
        });

        skipped.Finish();
        Print(context.Terminal, output, manifest, skipped.Count);
        return _ingest.ExitCode(context, skipped.Count);
    }

    private CorpusBuildOptions BuildOptions(CommandContext context)
    {
        var options = new CorpusBuildOptions
        {
            Normalization = context.Value(_normalization),
            Store = context.Value(_store) is "raw" ? TextStore.Raw : TextStore.Zstd,
        };
        if (context.Value(_guarantee) is { } guarantee)
            options = options with { Guarantee = guarantee };
        return _work.Apply(context, options);
    }

    private static void Print(CommandTerminal terminal, string output, IndexManifest manifest, long skipped)
    {
        if (terminal.Json)
        {
            JsonNode json = IndexJson.Of(output, manifest);
            json["skipped"] = skipped;
            JsonOutput.Write(terminal.Output, json);
            return;
        }

        terminal.Output.WriteLine($"{TerminalText.Of(output)}: {Wording.Count(manifest.Documents, "document")}, {Wording.Count(manifest.Bytes, "byte")} of text, {Wording.Count(skipped)} skipped");
    }
}
