using System.CommandLine;
using Recite.Cli.Commands;
using Recite.Cli.Settings;
using Recite.Testing;

namespace Recite.Cli.Tests;

public sealed class HelpTest
{
    public static TheoryData<string> Commands =>
        [.. CommandTree.Create().Commands.Select(command => UsageError.PathOf(command)["recite ".Length..]).Prepend("")];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_is_the_reviewed_one(string command)
    {
        CommandRun run = await CommandRun.OfAsync([.. Words(command), "--help"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
        string name = command.Length == 0 ? "recite" : command.Replace(' ', '-');
        Golden.Matches($"help/{name}.txt", run.Output);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_begins_with_three_examples(string command)
    {
        CommandRun run = await CommandRun.OfAsync([.. Words(command), "--help"]);
        string[] lines = run.Output.Split('\n');
        Assert.Equal("Examples:", lines[2]);
        Assert.All(lines[3..6], line => Assert.Contains("recite ", line, StringComparison.Ordinal));
        Assert.Equal("", lines[6]);
    }

    [Fact]
    public void Every_example_is_a_command_line_that_parses()
    {
        RootCommand root = CommandTree.Create().Root;
        foreach (ReciteCommand command in CommandTree.Create().Commands)
        {
            foreach (string example in command.Examples.SelectMany(CommandLines))
                Assert.Null(UsageError.Find(root.Parse(example)));
        }
    }

    [Fact]
    public void No_two_options_share_a_variable_unless_they_have_one_name()
    {
        var tree = CommandTree.Create();
        IEnumerable<IGrouping<string, Setting>> byVariable = tree.Commands.SelectMany(command => command.Settings).Concat(tree.Global.All).GroupBy(setting => setting.Variable);
        Assert.All(byVariable, settings => Assert.Single(settings.Select(setting => setting.Option.Name).Distinct()));
    }

    [Fact]
    public async Task Without_a_command_help_is_the_answer()
    {
        CommandRun run = await CommandRun.OfAsync();
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("recite finds out", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_one_line()
    {
        CommandRun run = await CommandRun.OfAsync("--version");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(ProductVersion.Text + "\n", run.Output.ReplaceLineEndings("\n"));
    }

    private static string[] Words(string command) => command.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    // What a shell would hand to recite: the part behind a pipe or a variable, without redirections.
    private static IEnumerable<string> CommandLines(string example) =>
        example.Split(["|", "&&"], StringSplitOptions.TrimEntries)
            .Where(part => part.Contains("recite ", StringComparison.Ordinal))
            .Select(part => part[(part.IndexOf("recite ", StringComparison.Ordinal) + "recite ".Length)..].Split(" >")[0].Replace('\'', '"'));
}
