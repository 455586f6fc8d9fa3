using System.CommandLine;
using System.CommandLine.Invocation;
using Recite.Cli.Commands;
using Recite.Cli.Settings;

namespace Recite.Cli.Help;

/// <summary>Prints the help of a command: examples first, then what can be given, with variable and default of each option.</summary>
internal sealed class HelpPrinter(CommandTree tree) : SynchronousCommandLineAction
{
    private static readonly string[] s_rootExamples =
    [
        "recite demo",
        "recite index build books/ -o books.rix",
        "recite audit -t onnx:models/demo -c books.rix -o report.html",
    ];

    private static readonly (int Code, string Meaning)[] s_exitCodes =
    [
        (ExitCodes.Ok, "ok"),
        (ExitCodes.InternalError, "internal error"),
        (ExitCodes.Usage, "usage, configuration or unreadable input"),
        (ExitCodes.GateFailed, "a gate failed or was inconclusive, a row of the selftest failed, or 'match --exit-code' found something"),
        (ExitCodes.TooManyErrors, "too many attempts failed"),
        (ExitCodes.BudgetSpent, "budget spent"),
        (ExitCodes.Interrupted, "interrupted, can be resumed"),
    ];

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        TextWriter writer = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        writer.WriteLine(command is RootCommand ? $"recite {command.Description}" : command.Description);
        WriteExamples(writer, command is ReciteCommand own ? own.Examples : s_rootExamples);
        WriteUsage(writer, command);

        var columns = new HelpColumns(writer);
        columns.Write("Commands", command.Subcommands.Select(sub => (sub.Name, sub.Description ?? "")));
        columns.Write("Arguments", command.Arguments.Select(argument => (argument.HelpName ?? argument.Name, argument.Description ?? "")));
        if (command is ReciteCommand { Settings: var settings })
            columns.Write("Options", settings.Select(Describe));
        columns.Write("Global options", tree.Global.All.Select(Describe).Concat(tree.Root.Options.Where(IsBuiltIn).Select(Describe)));
        if (command is RootCommand)
            columns.Write("Exit codes", s_exitCodes.Select(row => ($"{row.Code}", row.Meaning)));
        return ExitCodes.Ok;
    }

    private static void WriteExamples(TextWriter writer, IEnumerable<string> examples)
    {
        writer.WriteLine();
        writer.WriteLine("Examples:");
        foreach (string example in examples)
            writer.WriteLine("  " + example);
    }

    private static void WriteUsage(TextWriter writer, Command command)
    {
        IEnumerable<string> words = command.Arguments.Select(argument =>
            argument.Arity.MinimumNumberOfValues > 0 ? argument.HelpName ?? argument.Name : $"[{argument.HelpName ?? argument.Name}]");
        if (command.Subcommands.Count > 0)
            words = words.Append("COMMAND");
        writer.WriteLine();
        writer.WriteLine("Usage:");
        writer.WriteLine($"  {UsageError.PathOf(command)} {string.Join(' ', words.Append("[options]"))}");
    }

    private bool IsBuiltIn(Option option) => tree.Global.All.All(setting => setting.Option != option);

    private static (string Name, string Description) Describe(Setting setting)
    {
        (string name, string description) = Describe(setting.Option);
        string remarks = string.Join("; ", new[]
        {
            setting.DefaultText.Length > 0 ? $"default: {setting.DefaultText}" : null,
            setting.Variable,
            setting.Key is null ? null : $"key {setting.Key}",
        }.Where(remark => remark is not null));
        return (name, $"{description} [{remarks}]");
    }

    private static (string Name, string Description) Describe(Option option)
    {
        string shorthand = option.Aliases.FirstOrDefault(alias => alias.Length == 2) is { } alias ? alias + ", " : "    ";
        string label = option.Arity.MaximumNumberOfValues == 0 || option.HelpName is null ? "" : $" {option.HelpName}";
        return (shorthand + option.Name + label, option.Description ?? "");
    }
}
