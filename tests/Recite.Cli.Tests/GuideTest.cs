using System.CommandLine;
using Recite.Testing;

namespace Recite.Cli.Tests;

/// <summary>The command lines of the guide are command lines.</summary>
public sealed class GuideTest
{
    public static TheoryData<string> Pages =>
        [.. Directory.EnumerateFiles(Repository.At("docs/guide"), "*.md").Select(path => $"docs/guide/{Path.GetFileName(path)}")];

    [Fact]
    public void Every_command_has_a_page_that_the_contents_name()
    {
        string contents = File.ReadAllText(Repository.At("docs/guide/README.md"));
        foreach (Command command in CommandTree.Create().Root.Subcommands)
        {
            Assert.True(File.Exists(Repository.At($"docs/guide/{command.Name}.md")), command.Name);
            Assert.Contains($"({command.Name}.md)", contents, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_line_of_a_page_parses(string page)
    {
        RootCommand root = CommandTree.Create().Root;
        foreach (string line in CommandLines(page))
            Assert.True(UsageError.Find(root.Parse(line)) is null, $"{line}: {UsageError.Find(root.Parse(line))}");
    }

    private static IEnumerable<string> CommandLines(string page)
    {
        bool inside = false;
        foreach (string line in File.ReadLines(Repository.At(page)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                inside = line is "```sh";
            else if (inside && Command(line) is { } command)
                yield return command;
        }
    }

    // What a shell would hand on: without the variables before it, comments and redirections.
    private static string? Command(string line)
    {
        int at = line.IndexOf("recite ", StringComparison.Ordinal);
        bool begins = at == 0 || (at == 2 && line.StartsWith("./", StringComparison.Ordinal)) || (at > 0 && line[at - 1] == ' ' && !line.StartsWith('#'));
        return begins ? line[(at + "recite ".Length)..].Split(" #")[0].Split(" >")[0].Split(" <")[0].Split(" |")[0].Replace('\'', '"') : null;
    }
}
