using System.CommandLine;
using System.CommandLine.Parsing;
using Recite.Cli.Commands;
using Recite.Config;

namespace Recite.Cli;

/// <summary>Says what is wrong with a command line, and what was probably meant.</summary>
internal static class UsageError
{
    // Named in the contract and not built yet: whoever calls one shall not search for a typing error.
    private static readonly string[] s_later =
        ["work", "compare", "canary", "guard", "image", "serve", "mcp", "selftest"];

    private static readonly string[] s_laterOfRuns = ["verify", "forget", "diff"];

    // Names that other programs have for the same thing, too far from ours to pass for a slip.
    private static readonly Dictionary<string, string> s_otherNames = new(StringComparer.Ordinal)
    {
        ["list"] = "ls",
        ["remove"] = "rm",
        ["delete"] = "rm",
    };

    /// <summary>The sentence for the first thing that is wrong, or <see langword="null"/> when nothing is.</summary>
    public static string? Find(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string hint = $" See '{PathOf(command)} --help'.";
        if (UnknownOption(parsed) is { } option)
            return $"'{option}' is not an option of '{PathOf(command)}'{Meant(option.Split('=')[0], OptionNames(parsed))}." + hint;

        if (command is CommandGroup or RootCommand)
        {
            return parsed.UnmatchedTokens is [var word, ..]
                ? UnknownCommand(command, word) + hint
                : $"'{PathOf(command)}' needs a command: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}." + hint;
        }

        if (parsed.UnmatchedTokens is [var extra, ..])
            return $"'{extra}' is one argument too many for '{PathOf(command)}'." + hint;
        return parsed.Errors.Count > 0 ? Explain(parsed.Errors[0], command) + hint : null;
    }

    private static string UnknownCommand(Command command, string word)
    {
        string[] later = command.Name switch { "runs" => s_laterOfRuns, _ when command is RootCommand => s_later, _ => [] };
        return later.Contains(word, StringComparer.Ordinal)
            ? $"'{PathOf(command)} {word}' is not in this version."
            : $"'{word}' is not a command of '{PathOf(command)}'{MeantCommand(word, [.. command.Subcommands.Select(sub => sub.Name)])}.";
    }

    // The parser takes an unknown option for an argument where the command takes arguments; nobody means that. What stands
    // after "--" is an argument whatever it looks like.
    private static string? UnknownOption(ParseResult parsed)
    {
        var ofOptions = new HashSet<Token>(ReferenceEqualityComparer.Instance);
        foreach (OptionResult option in OptionResults(parsed.RootCommandResult))
            ofOptions.UnionWith(option.Tokens);

        foreach (Token token in parsed.Tokens)
        {
            if (token.Type == TokenType.DoubleDash)
                return null;
            if (token is { Type: TokenType.Argument, Value: ['-', _, ..] } && !ofOptions.Contains(token))
                return token.Value;
        }

        return null;
    }

    private static IEnumerable<OptionResult> OptionResults(CommandResult result) => result.Children.SelectMany(child => child switch
    {
        OptionResult option => [option],
        CommandResult command => OptionResults(command),
        _ => [],
    });

    private static string Explain(ParseError error, Command command) => error.SymbolResult switch
    {
        OptionResult { Tokens.Count: 0 } option => $"{option.IdentifierToken?.Value ?? option.Option.Name} needs a value: {option.Option.HelpName}.",
        OptionResult { IdentifierTokenCount: > 1 } option => $"{option.Option.Name} was given {option.IdentifierTokenCount} times; give it once.",
        ArgumentResult { Tokens.Count: 0 } argument => MissingArgument(command, argument.Argument),
        _ => error.Message,
    };

    private static string MissingArgument(Command command, Argument argument) =>
        $"'{PathOf(command)}' needs an argument: {(argument.HelpName ?? argument.Name).TrimEnd('.')}.";

    private static string MeantCommand(string written, string[] known) =>
        s_otherNames.TryGetValue(written, out string? ours) && known.Contains(ours, StringComparer.Ordinal) ? $" (did you mean '{ours}'?)" : Meant(written, known);

    private static string Meant(string written, IEnumerable<string> known) =>
        NearestWord.Find(written, known) is { } nearest ? $" (did you mean '{nearest}'?)" : "";

    private static IEnumerable<string> OptionNames(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        Command root = parsed.RootCommandResult.Command;
        return command.Options.Concat(root.Options.Where(option => option.Recursive)).Select(option => option.Name);
    }

    /// <summary>The command as it is typed, from <c>recite</c> on.</summary>
    public static string PathOf(Command command) =>
        command is RootCommand ? "recite" : $"{PathOf((Command)command.Parents.First())} {command.Name}";
}
