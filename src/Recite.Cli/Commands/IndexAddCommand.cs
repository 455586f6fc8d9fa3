using System.CommandLine;
using Recite.Cli.Terminal;
using Recite.Indexing.Corpora;

namespace Recite.Cli.Commands;

/// <summary><c>recite index add</c>: more documents into an index that stands there.</summary>
internal sealed class IndexAddCommand : ReciteCommand
{
    // Every segment is asked anew by every query.
    private const int ManySegments = 8;

    private readonly Argument<string> _index;
    private readonly Argument<string[]> _inputs;
    private readonly IngestSettings _ingest = new();
    private readonly IndexWorkSettings _work = new();

    /// <summary>Creates the command.</summary>
    public IndexAddCommand()
        : base(
            "add",
            "Adds texts to an index, normalized and stored as it was built.",
            "recite index add books.rix new-books/",
            "recite index add corpus.rix 'crawl/2026-11-*.jsonl.zst' --text-field content",
            "cat texts.jsonl | recite index add corpus.rix -")
    {
        _index = With(IndexArgument.Create());
        _inputs = With(IngestSettings.CreateInputs());
        WithAll(_work.All);
        WithAll(_ingest.All);
    }

    /// <inheritdoc/>
    public override string InterruptedSentence => "Interrupted; nothing was added, and the index is unchanged.";

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string path = context.Parsed.GetRequiredValue(_index);
        IReadOnlyList<string> inputs = context.Values(_inputs);
        CorpusBuildOptions options = _work.Apply(context, new CorpusBuildOptions());
        using var skipped = new SkippedInputs(context.Terminal, context.Value(_ingest.SkippedFile));
        long inputBytes = InputBytes.Sum(inputs);
        long before = 0;

        IndexManifest manifest = await context.Terminal.WithProgressAsync("index add", async progress => await CorpusAdder.AddAsync(
            index =>
            {
                before = index.DocumentCount;
                return context.Rooms.Ingest(_ingest.Options(context), DocumentIds.Read(index))
                    .ReadAsync(inputs, context.Terminal.OpenInput(), skipped.Add, context.Terminal.Say, cancellationToken);
            },
            path,
            options,
            new BuildProgressReading(progress, inputBytes, skipped),
            cancellationToken));

        skipped.Finish();
        long added = manifest.Documents - before;
        IndexArgument.PrintChange(
            context.Terminal,
            path,
            manifest,
            ("added", added),
            $"{Wording.Count(added, "document")} added, {Wording.Count(manifest.Documents)} in all, {Wording.Count(skipped.Count)} skipped");
        if (manifest.Segments.Count > ManySegments)
            context.Terminal.Say($"The index has {Wording.Count(manifest.Segments.Count)} segments, and each is looked up by every query: 'recite index merge {path}' makes them few.");
        return _ingest.ExitCode(context, skipped.Count);
    }
}
