using System.CommandLine;
using System.Text.Json.Nodes;
using Recite.Canaries;
using Recite.Canaries.Planting;
using Recite.Cli.Settings;
using Recite.Cli.Terminal;
using Recite.Indexing;

namespace Recite.Cli.Commands;

/// <summary><c>recite canary plant</c>: a copy of a dataset with the canaries in it.</summary>
internal sealed class CanaryPlantCommand : ReciteCommand
{
    private static readonly string[] s_places = ["records", "documents"];

    private readonly Argument<string> _list;
    private readonly Argument<string> _input;
    private readonly Setting<string?> _output;
    private readonly Setting<string> _into;
    private readonly Setting<IReadOnlyList<int>?> _duplicates;
    private readonly Setting<string?> _record;
    private readonly Setting<ulong?> _seed;
    private readonly IngestSettings _fields = new();

    /// <summary>Creates the command.</summary>
    public CanaryPlantCommand()
        : base(
            "plant",
            "Copies a dataset with the canaries in it, never a decoy, and writes down where every copy went.",
            "recite canary plant canaries.json train.jsonl -o train-with-canaries.jsonl",
            "recite canary plant canaries.json texts/ -o planted/ --into documents",
            "recite canary plant canaries.json train.jsonl -o planted.jsonl --duplicates 1,2,4,8,16 --text-field content")
    {
        _list = With(CanarySettings.ListArgument());
        _input = With(new Argument<string>("input") { HelpName = "DATASET", Description = "A file or folder of JSON Lines, .txt and .md; it is not changed. Packed files are refused." });
        _output = With(SettingFactory.Text("--output", "DATASET", "The copy; it must not exist.", aliases: "-o"));
        _into = With(SettingFactory.Word("--into", "As documents of their own, or inside documents at paragraph borders.", s_places, "records"));
        _duplicates = With(CanarySettings.Duplicates("Copies of the planted canaries, in turn.", "what the list says"));
        _record = With(SettingFactory.Text("--record", "FILE", "The private list with the place of every copy.", defaultText: "the list's name with .planted.json"));
        _seed = With(CanarySettings.Seed("Random seed of the places.", "derived from the list"));
        With(_fields.TextField);
        With(_fields.IdField);
    }

    /// <inheritdoc/>
    public override string InterruptedSentence => "Interrupted; no copy of the dataset was written.";

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string list = context.Parsed.GetRequiredValue(_list), input = context.Parsed.GetRequiredValue(_input);
        string output = context.Value(_output) ?? throw new ReciteException("'recite canary plant' needs a place for the copy of the dataset: add -o DATASET.");
        string record = context.Value(_record) ?? Path.ChangeExtension(list, null) + ".planted.json";
        if (Path.Exists(record))
            throw new ReciteException($"'{record}' exists already: this list was planted. Name another file with --record to plant it into another dataset.");
        if (IsInside(record, output))
            throw new ReciteException($"'{record}' would lie inside the dataset and be trained on; name a place outside with --record.");

        CanaryEscrow escrow = CanarySettings.RequireEscrow(list, CanarySet.Read(list));
        if (context.Value(_duplicates) is { } schedule)
        {
            CanaryParameters.CheckDuplicates(schedule);
            escrow = escrow with { Entries = [.. escrow.Entries.Select(e => e.IsPlanted ? e with { Duplicates = schedule[e.Group % schedule.Count] } : e)] };
        }

        PlantingResult result = CanaryPlanter.Plant(escrow, new PlantingOptions
        {
            Input = input,
            Output = output,
            IntoDocuments = context.Value(_into) is "documents",
            TextField = context.Value(_fields.TextField) ?? "text",
            IdField = context.Value(_fields.IdField) ?? "id",
            Seed = context.Value(_seed) ?? escrow.PlantingSeed,
        }, cancellationToken);
        CanaryFiles.WriteList(record, result.Escrow);
        Print(context.Terminal, result, output, record);
        return Task.FromResult(ExitCodes.Ok);
    }

    private static bool IsInside(string path, string folder) =>
        Path.GetFullPath(path).StartsWith(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void Print(CommandTerminal terminal, PlantingResult result, string output, string record)
    {
        int canaries = result.Escrow.Entries.Count(e => e.Copies.Count > 0);
        if (terminal.Json)
        {
            JsonOutput.Write(terminal.Output, new JsonObject
            {
                ["schema"] = "recite.canary-plant/1",
                ["dataset"] = output,
                ["list"] = record,
                ["canaries"] = canaries,
                ["copies"] = result.Copies,
                ["files"] = result.Files,
            });
            return;
        }

        terminal.Output.WriteLine($"{TerminalText.Of(output)}: {Wording.Count(canaries, "canary", "canaries")} in {Wording.Count(result.Copies, "copy", "copies")}; where they are stands in {TerminalText.Of(record)}, keep it secret");
    }
}
