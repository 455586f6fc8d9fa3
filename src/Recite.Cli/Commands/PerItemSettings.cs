using System.CommandLine;
using System.Globalization;
using Recite.Cli.Settings;
using Recite.Indexing;
using Recite.Ingest;

namespace Recite.Cli.Commands;

/// <summary>The options of <c>recite match --per-item</c>.</summary>
internal sealed class PerItemSettings
{
    private const int MostWordsOfAGram = 1000;

    private readonly Setting<bool> _perItem = SettingFactory.Flag("--per-item", "Take each record of JSON Lines by itself: is an evaluation set in the corpus?");

    private readonly Setting<IReadOnlyList<string>> _textFields =
        SettingFactory.CommaTexts("--text-field", "NAME,...", "With --per-item: the fields that hold text, each matched by itself; text if not given.");

    private readonly Setting<string?> _idField =
        SettingFactory.Text("--id-field", "NAME", "With --per-item: the field that holds the item's id.", defaultText: "id");

    private readonly Setting<IReadOnlyList<int>> _ngrams = new(
        new Option<string>("--ngrams") { HelpName = "N,...", Description = "With --per-item: count word n-grams of these lengths.", Arity = ArgumentArity.ExactlyOne },
        ReadNgrams,
        [13, 8],
        "13,8");

    private readonly Setting<string?> _output =
        SettingFactory.Text("--output", "FILE.jsonl", "With --per-item: write each item as a line of JSON.", aliases: "-o");

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Setting> All => [_perItem, _textFields, _idField, _ngrams, _output];

    /// <summary>Whether items are asked for.</summary>
    /// <exception cref="ReciteException">They are not, and an option of theirs was given.</exception>
    public bool IsAsked(CommandContext context)
    {
        if (context.Value(_perItem))
            return true;
        Setting? stray = All.FirstOrDefault(setting => setting != _perItem && context.Settings.TextOf(setting)?.Origin.Level == SettingLevel.Flag);
        return stray is null
            ? false
            : throw new ReciteException($"{stray.Option.Name} belongs to --per-item, which was not given: add it, or leave {stray.Option.Name} out.");
    }

    /// <summary>The fields that hold text.</summary>
    public IReadOnlyList<string> TextFields(CommandContext context) => context.Value(_textFields) is { Count: > 0 } fields ? fields : ["text"];

    /// <summary>How records are read.</summary>
    public IngestOptions Reading(CommandContext context)
    {
        var defaults = new IngestOptions();
        return defaults with { IdField = context.Value(_idField) ?? defaults.IdField };
    }

    /// <summary>Lengths of n-grams in words.</summary>
    public IReadOnlyList<int> Ngrams(CommandContext context) => context.Value(_ngrams);

    /// <summary>Where to write the items, if anywhere.</summary>
    public string? Output(CommandContext context) => context.Value(_output);

    private static int[] ReadNgrams(IReadOnlyList<string> values)
    {
        int[] lengths = [.. SettingReaders.CommaTexts(values).Select(text =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n is > 0 and <= MostWordsOfAGram
                ? n
                : throw new FormatException($"'{text}' is not a number of words from 1 to {MostWordsOfAGram}"))];
        return lengths.Length > 0 && lengths.Distinct().Count() == lengths.Length
            ? lengths
            : throw new FormatException("name each length once, as in 13,8");
    }
}
