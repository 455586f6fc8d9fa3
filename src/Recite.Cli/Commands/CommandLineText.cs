using System.CommandLine;

namespace Recite.Cli.Commands;

/// <summary>The command line as a person could type it again.</summary>
internal static class CommandLineText
{
    /// <summary>The words, quoted for a POSIX shell where they must be.</summary>
    public static string Of(ParseResult parsed) =>
        string.Join(' ', parsed.Tokens.Select(token => Quote(token.Value)).Prepend("recite"));

    private static string Quote(string word) => word.Length > 0 && word.All(IsPlain) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or '=' or ',' or '+' or '@' or '%';
}
