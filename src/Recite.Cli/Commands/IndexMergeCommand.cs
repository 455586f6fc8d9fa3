using System.CommandLine;
using Recite.Cli.Settings;
using Recite.Cli.Terminal;
using Recite.Indexing.Corpora;

namespace Recite.Cli.Commands;

/// <summary><c>recite index merge</c>: few full segments, and nothing in them of what was removed.</summary>
internal sealed class IndexMergeCommand : ReciteCommand
{
    private readonly Argument<string> _index;
    private readonly IndexWorkSettings _work = new();
    private readonly Setting<bool> _yes;

    /// <summary>Creates the command.</summary>
    public IndexMergeCommand()
        : base(
            "merge",
            "Rewrites an index into full segments and erases the text of removed documents.",
            "recite index merge books.rix",
            "recite index merge corpus.rix --memory 4G --yes",
            "recite index remove corpus.rix --ids withdrawn.txt --yes && recite index merge corpus.rix --yes")
    {
        _index = With(IndexArgument.Create());
        WithAll(_work.All);
        _yes = With(SettingFactory.Flag("--yes", "Erase without asking."));
    }

    /// <inheritdoc/>
    public override string InterruptedSentence => "Interrupted; nothing was merged, and the index is unchanged.";

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string path = context.Parsed.GetRequiredValue(_index);
        CorpusBuildOptions options = _work.Apply(context, new CorpusBuildOptions());
        long removed, documents;
        int segments;
        using (CorpusIndex index = CorpusIndex.Open(path))
            (removed, documents, segments) = (index.Manifest.Removed, index.DocumentCount, index.Manifest.Segments.Count);
        if (removed > 0 && !context.Terminal.Confirm($"The text of {Wording.Count(removed, "removed document")} would be erased from {path} for good.", context.Value(_yes)))
        {
            context.Terminal.Say("Nothing was merged.");
            return ExitCodes.Ok;
        }

        IndexManifest manifest = await context.Terminal.WithProgressAsync("index merge", async progress =>
            await CorpusMerger.MergeAsync(path, options, new MergeProgressReading(progress, documents), cancellationToken));
        IndexArgument.PrintChange(
            context.Terminal,
            path,
            manifest,
            ("erased", removed),
            $"{Wording.Count(segments, "segment")} merged into {Wording.Count(manifest.Segments.Count)}, {Wording.Count(removed, "removed document")} erased");
        return ExitCodes.Ok;
    }

    private sealed class MergeProgressReading(IProgress<ProgressReading> progress, long documents) : IProgress<BuildProgress>
    {
        public void Report(BuildProgress value) =>
            progress.Report(new ProgressReading(value.Documents, documents, "document", []));
    }
}
