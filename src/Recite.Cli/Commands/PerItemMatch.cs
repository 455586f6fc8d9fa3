using System.Text;
using Recite.Contamination;
using Recite.Indexing;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Ingest;
using Recite.Ingest.Jsonl;
using Recite.Reports.Json;

namespace Recite.Cli.Commands;

/// <summary><c>recite match --per-item</c>: the contamination check of benchmarks and evaluation sets.</summary>
internal sealed class PerItemMatch(CommandContext context, PerItemSettings settings, CorpusIndex index, string indexPath, MatchOptions options)
{
    private readonly ContaminationCheck _check = new(index, options, settings.Ngrams(context));
    private readonly List<CheckedItem> _items = [];
    private readonly List<ItemInput> _inputs = [];

    /// <summary>Checks every item of the files; the exit code is for the caller to decide.</summary>
    /// <returns>Whether anything was found by any rule.</returns>
    public async Task<bool> RunAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var reader = new ItemReader(settings.TextFields(context), settings.Reading(context));
        var tally = new ContaminationTally(_check.Rules);
        bool found = false;
        using StreamWriter? lines = OpenOutput();
        foreach (string file in files)
        {
            using var skipped = new SkippedInputs(context.Terminal, path: null);
            int before = tally.Items;
            await using Stream stream = Open(file);
            await foreach (Item item in reader.ReadAsync(stream, file, cancellationToken))
            {
                if (Check(file, item, skipped, cancellationToken) is not { } result)
                    continue;
                tally.Add(result);
                found |= result.IsFound;
                Keep(result, lines);
            }

            skipped.Finish();
            _inputs.Add(new ItemInput(file, tally.Items - before, (int)skipped.Count));
        }

        if (tally.Items == 0)
            throw new ReciteException($"There is no item with a text in {string.Join(", ", files)}: check that it is JSON Lines and that --text-field names its fields.");
        if (context.Terminal.Json)
            await WriteJsonAsync(tally, cancellationToken);
        else
            PerItemPrinter.WriteSummary(context.Terminal.Output, tally.Summary, index.Manifest.Guarantee);
        return found;
    }

    private CheckedItem? Check(string file, Item item, SkippedInputs skipped, CancellationToken cancellationToken)
    {
        string line = $"{(file is "-" ? "standard input" : file)} line {item.Line}";
        if (item.Problem is not null)
        {
            skipped.Add(new SkippedInput(file, item.Line, $"{line} {item.Problem}: the line was skipped."));
            return null;
        }

        var fields = new List<CheckedField>();
        foreach (ItemField field in item.Fields)
        {
            if (field.Problem is not null)
                context.Terminal.Say($"{line} {field.Problem}; its other fields were checked.");
            else
                fields.Add(_check.Check(field.Name, field.Text, cancellationToken));
        }

        return _check.Judge(file, item.Line, item.Id, fields);
    }

    private void Keep(CheckedItem item, StreamWriter? lines)
    {
        lines?.WriteLine(ContaminationJson.Line(item));
        if (context.Terminal.Json)
            _items.Add(item);
        else if (item.IsFound)
            PerItemPrinter.Write(context.Terminal.Output, item);
    }

    private StreamWriter? OpenOutput() => settings.Output(context) is { } path
        ? new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" }
        : null;

    private Stream Open(string file)
    {
        if (file is "-")
            return context.Terminal.OpenInput();
        if (Directory.Exists(file))
            throw new ReciteException($"'{file}' is a folder; name the JSON Lines files to check.");
        return File.Exists(file) ? File.OpenRead(file) : throw new ReciteException($"The file '{file}' does not exist; check the name.");
    }

    private async Task WriteJsonAsync(ContaminationTally tally, CancellationToken cancellationToken)
    {
        MatchReport head = MatchInputs.Report(indexPath, index.Manifest, options, []);
        var report = new ContaminationReport(
            head.Corpus, head.Rules, settings.Ngrams(context), settings.TextFields(context), _inputs, tally.Summary, _items);
        using var json = new MemoryStream();
        await ContaminationJson.WriteAsync(report, json, cancellationToken);
        context.Terminal.Output.Write(Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length));
    }
}
