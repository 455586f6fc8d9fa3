using System.CommandLine;
using Recite.Cli.Terminal;
using Recite.Indexing.Corpora;

namespace Recite.Cli.Commands;

/// <summary><c>recite index info</c>: what an index holds and how it was made.</summary>
internal sealed class IndexInfoCommand : ReciteCommand
{
    private readonly Argument<string> _index;

    /// <summary>Creates the command.</summary>
    public IndexInfoCommand()
        : base(
            "info",
            "Says what an index holds, how it was made and what it guarantees.",
            "recite index info books.rix",
            "recite index info books.rix --json",
            "recite index info books.rix --json | jq .documents") =>
        _index = With(IndexArgument.Create());

    /// <inheritdoc/>
    public override bool UsesConfigFile => false;

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string path = context.Parsed.GetRequiredValue(_index);
        using CorpusIndex index = CorpusIndex.Open(path);
        IndexManifest manifest = index.Manifest;
        if (context.Terminal.Json)
        {
            JsonOutput.Write(context.Terminal.Output, IndexJson.Of(path, manifest));
            return Task.FromResult(ExitCodes.Ok);
        }

        long disk = IndexJson.DiskBytes(manifest);
        PlainTable.Write(
            context.Terminal.Output,
            [
                ["index", path],
                ["documents", Wording.Count(manifest.Documents)],
                ["copies", $"{Wording.Count(manifest.Copies)} of them have the text of an earlier one, which is stored once"],
                ["removed", manifest.Removed == 0 ? "0" : $"{Wording.Count(manifest.Removed)} more, whose text stays in the files until 'recite index merge'"],
                ["text", $"{Wording.Count(manifest.Bytes)} bytes ({Wording.Bytes(manifest.Bytes)})"],
                ["on disk", $"{Wording.Bytes(disk)} ({Wording.Percent((double)disk / Math.Max(1, manifest.Bytes))} of the text)"],
                .. IndexJson.SizeByPart(manifest).Select(part => new[] { $"  {part.Name}", Wording.Bytes(part.Bytes) }),
                ["guarantee", $"every match of at least {manifest.Guarantee} normalized bytes"],
                ["normalization", $"{manifest.Normalization.Name}/{manifest.Normalization.Version}, Unicode {manifest.Normalization.Unicode}"],
                ["store", manifest.Store],
                ["segments", Wording.Count(manifest.Segments.Count)],
                ["manifest", manifest.Digest],
            ]);
        return Task.FromResult(ExitCodes.Ok);
    }
}
