using System.CommandLine;
using Recite.Cli.Settings;
using Recite.Cli.Terminal;
using Recite.Ingest;

namespace Recite.Cli.Commands;

/// <summary>How documents are read.</summary>
internal sealed class IngestSettings
{
    /// <summary>The field of the text.</summary>
    public Setting<string?> TextField { get; } =
        SettingFactory.Text("--text-field", "NAME", "The JSON Lines field, or the column of a table, that holds the text.", "index.textField", "text");

    /// <summary>The field of the id.</summary>
    public Setting<string?> IdField { get; } =
        SettingFactory.Text("--id-field", "NAME", "The field or column that holds the document's id.", "index.idField", "id");

    /// <summary>The field of the address.</summary>
    public Setting<string?> UrlField { get; } =
        SettingFactory.Text("--url-field", "NAME", "The field or column that says where the text came from.", "index.urlField", "url");

    /// <summary>What text is in that does not say so itself.</summary>
    public Setting<string?> Encoding { get; } =
        SettingFactory.Text("--encoding", "NAME", "What text is in that is not Unicode and does not say, such as koi8-r; judged by its bytes without this.", "index.encoding");

    /// <summary>How repositories are read.</summary>
    public Setting<string> Git { get; } =
        SettingFactory.Word("--git", "A folder that is a git repository: its tracked files as committed, or like any other folder.", ["tracked", "off"], "tracked", "index.git");

    /// <summary>Whether skipped inputs are an error.</summary>
    public Setting<bool> Strict { get; } = SettingFactory.Flag("--strict", "Exit with 2, at the end, when an input was skipped.", "index.strict");

    /// <summary>Where to list skipped inputs.</summary>
    public Setting<string?> SkippedFile { get; } =
        SettingFactory.Text("--skipped", "FILE.jsonl", "List every skipped input in this file.");

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Setting> All => [TextField, IdField, UrlField, Encoding, Git, Strict, SkippedFile];

    /// <summary>The inputs that documents are read from.</summary>
    public static Argument<string[]> CreateInputs() => new("input")
    {
        HelpName = "INPUT...",
        Description = "Files, folders, patterns such as 'data/**/*.txt', or - for standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>The exit code of a command that took what could be read and skipped the rest; says so where that is an error.</summary>
    public int ExitCode(CommandContext context, long skipped)
    {
        if (skipped == 0 || !context.Value(Strict))
            return ExitCodes.Ok;
        context.Terminal.Fail($"{Wording.Count(skipped, "input")} could not be read, and --strict was asked for; the index holds the others.");
        return ExitCodes.Usage;
    }

    /// <summary>What holds.</summary>
    public IngestOptions Options(CommandContext context)
    {
        var defaults = new IngestOptions();
        return defaults with
        {
            TextField = context.Value(TextField) ?? defaults.TextField,
            IdField = context.Value(IdField) ?? defaults.IdField,
            UriField = context.Value(UrlField) ?? defaults.UriField,
            Encoding = context.Value(Encoding),
            Git = context.Value(Git) is "off" ? GitReading.Off : GitReading.Tracked,
        };
    }
}
