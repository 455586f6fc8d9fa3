using System.CommandLine;
using Recite.Cli.Settings;
using Recite.Cli.Terminal;
using Recite.Indexing;
using Recite.Indexing.Corpora;

namespace Recite.Cli.Commands;

/// <summary><c>recite index remove</c>: documents out of an index.</summary>
internal sealed class IndexRemoveCommand : ReciteCommand
{
    private readonly Argument<string> _index;
    private readonly Setting<IReadOnlyList<string>> _documents;
    private readonly Setting<string?> _ids;
    private readonly Setting<bool> _yes;

    /// <summary>Creates the command.</summary>
    public IndexRemoveCommand()
        : base(
            "remove",
            "Removes documents from an index; 'recite index merge' then erases their text.",
            "recite index remove books.rix --document alice.txt",
            "recite index remove corpus.rix --ids withdrawn.txt --yes",
            "recite index remove corpus.rix --document 'part-1.jsonl#17' --yes && recite index merge corpus.rix --yes")
    {
        _index = With(IndexArgument.Create());
        _documents = With(SettingFactory.Texts("--document", "ID", "The id of a document; may be repeated."));
        _ids = With(SettingFactory.Text("--ids", "FILE", "A file with an id on each line."));
        _yes = With(SettingFactory.Flag("--yes", "Remove without asking."));
    }

    /// <inheritdoc/>
    public override bool UsesConfigFile => false;

    /// <inheritdoc/>
    public override string InterruptedSentence => "Interrupted; nothing was removed, and the index is unchanged.";

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string path = context.Parsed.GetRequiredValue(_index);
        IReadOnlyCollection<string> ids = ReadIds(context);
        long found;
        using (CorpusIndex index = CorpusIndex.Open(path))
            found = DocumentIds.Find(index, ids, cancellationToken).Count;
        if (!context.Terminal.Confirm($"{Wording.Count(found, "document")} would be removed from {path}.", context.Value(_yes)))
        {
            context.Terminal.Say("Nothing was removed.");
            return ExitCodes.Ok;
        }

        IndexManifest manifest = await CorpusRemover.RemoveAsync(path, ids, cancellationToken);
        IndexArgument.PrintChange(
            context.Terminal,
            path,
            manifest,
            ("removedNow", found),
            $"{Wording.Count(found, "document")} removed, {Wording.Count(manifest.Documents)} left");
        context.Terminal.Say($"Their text is still in the files; 'recite index merge {path}' erases it.");
        return ExitCodes.Ok;
    }

    private HashSet<string> ReadIds(CommandContext context)
    {
        var ids = new HashSet<string>(context.Value(_documents), StringComparer.Ordinal);
        if (context.Value(_ids) is { } file)
        {
            if (!File.Exists(file))
                throw new ReciteException($"There is no file of ids at '{file}'; nothing was removed. Name a file with an id on each line.");
            ids.UnionWith(File.ReadLines(file).Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0));
        }

        return ids.Count > 0
            ? ids
            : throw new ReciteException("No document was named; nothing was removed. Add --document ID or --ids FILE.");
    }
}
