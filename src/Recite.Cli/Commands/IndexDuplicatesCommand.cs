using System.CommandLine;
using System.Text.Json.Nodes;
using Recite.Cli.Settings;
using Recite.Cli.Terminal;
using Recite.Indexing;
using Recite.Indexing.Corpora;
using Recite.Indexing.Duplicates;

namespace Recite.Cli.Commands;

/// <summary><c>recite index duplicates</c>: which documents are superfluous, as a list that a program can follow.</summary>
internal sealed class IndexDuplicatesCommand : ReciteCommand
{
    private const int MostShown = 20;

    private readonly Argument<string> _index;
    private readonly Setting<int?> _near;
    private readonly Setting<long?> _memory;
    private readonly Setting<string?> _output;

    /// <summary>Creates the command.</summary>
    public IndexDuplicatesCommand()
        : base(
            "duplicates",
            "Lists documents that stand in the corpus more than once, those that are repeated most first.",
            "recite index duplicates corpus.rix",
            "recite index duplicates corpus.rix --near 80%",
            "recite index duplicates corpus.rix --near 90% -o duplicates.jsonl && jq -r .drop[].document duplicates.jsonl")
    {
        _index = With(IndexArgument.Create());
        _near = With(SettingFactory.Percent("--near", "Also documents that have at least this share of their word 5-grams in another one, 50% to 100%.", NearDuplicateOptions.LeastPercent));
        _memory = With(SettingFactory.Size("--memory", "Memory to plan with for --near; the rest goes to temporary files.", "index.memory", "1G"));
        _output = With(SettingFactory.Text("--output", "FILE.jsonl", "Write one cluster on each line, all of them.", aliases: "-o"));
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string path = context.Parsed.GetRequiredValue(_index);
        int? percent = context.Value(_near);
        using CorpusIndex index = CorpusIndex.Open(path);
        IReadOnlyList<DuplicateCluster> clusters = percent is null
            ? DuplicateFinder.FindExact(index, cancellationToken)
            : DuplicateFinder.FindNear(index, ReadOptions(context, percent.Value), cancellationToken);

        if (context.Value(_output) is { } file)
            WriteLines(file, clusters);
        if (context.Terminal.Json)
            JsonOutput.Write(context.Terminal.Output, DuplicatesJson.Of(path, index.Manifest, percent, clusters));
        else
            Print(context.Terminal, index, clusters);
        return Task.FromResult(ExitCodes.Ok);
    }

    private NearDuplicateOptions ReadOptions(CommandContext context, int percent)
    {
        var options = new NearDuplicateOptions { ThresholdPercent = percent };
        return context.Value(_memory) is { } memory ? options with { MemoryBytes = memory } : options;
    }

    private static void WriteLines(string file, IReadOnlyList<DuplicateCluster> clusters)
    {
        try
        {
            using var writer = new StreamWriter(file) { NewLine = "\n" };
            foreach (JsonObject cluster in clusters.Select(DuplicatesJson.Of))
                writer.WriteLine(cluster.ToJsonString());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReciteException($"The list of duplicates cannot be written to '{file}': {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static void Print(CommandTerminal terminal, CorpusIndex index, IReadOnlyList<DuplicateCluster> clusters)
    {
        long superfluous = clusters.Sum(cluster => (long)cluster.Drop.Count);
        terminal.Output.WriteLine(
            $"{Wording.Count(superfluous)} of {Wording.Count(index.DocumentCount, "document")} are superfluous ({Wording.Bytes(clusters.Sum(cluster => cluster.DroppedBytes))} of text), in {Wording.Count(clusters.Count, "cluster")}");
        if (clusters.Count == 0)
            return;

        List<string[]> rows = [["documents", "exact", "to drop", "keep", "drop"]];
        foreach (DuplicateCluster cluster in clusters.Take(MostShown))
        {
            SuperfluousDocument first = cluster.Drop[0];
            string more = cluster.Drop.Count > 1 ? $" and {Wording.Count(cluster.Drop.Count - 1)} more" : "";
            rows.Add([Wording.Count(cluster.Documents), Wording.Count(cluster.Drop.Count(dropped => dropped.IsExact)), Wording.Bytes(cluster.DroppedBytes), cluster.Keep.Id, first.Document.Id + more]);
        }

        PlainTable.Write(terminal.Output, rows);
        if (clusters.Count > MostShown)
            terminal.Output.WriteLine($"and {Wording.Count(clusters.Count - MostShown)} more clusters; -o FILE.jsonl or --json lists all");
    }
}
