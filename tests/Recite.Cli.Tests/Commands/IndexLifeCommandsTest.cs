using System.Text.Json.Nodes;
using Recite.Testing.Files;

namespace Recite.Cli.Tests.Commands;

/// <summary>An index is built, added to, removed from, merged and asked for duplicates, as a person would at a terminal.</summary>
public sealed class IndexLifeCommandsTest : IDisposable
{
    private const string Text = "The keeper of the small harbour light wrote down every ship that passed, and the colour of its sails, in a book.";

    private readonly TemporaryFolder _folder = new();

    private string Index => _folder.At("corpus.rix");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Added_documents_get_ids_that_are_new_and_a_notice()
    {
        await BuildAsync("a.txt", "b.txt");
        CommandRun added = await RunAsync(0, "index", "add", Index, _folder.At("in"), "--json");
        Assert.Contains("a.txt~2", added.Error, StringComparison.Ordinal);
        JsonNode json = JsonNode.Parse(added.Output)!;
        Assert.Equal((2, 4, 2), ((int)json["added"]!, (int)json["documents"]!, (int)json["copies"]!));
    }

    [Fact]
    public async Task Removed_documents_are_counted_until_a_merge()
    {
        await BuildAsync("a.txt", "b.txt", "c.txt");
        await RunAsync(0, "index", "remove", Index, "--document", "a.txt", "--yes");
        Assert.Equal((2, 1), await CountAsync());
        CommandRun match = await RunAsync(0, "match", _folder.At("in/a.txt"), "-c", Index, "--json");
        Assert.DoesNotContain("\"document\": \"a.txt\"", match.Output, StringComparison.Ordinal);

        CommandRun merged = await RunAsync(0, "index", "merge", Index, "--yes", "--json");
        Assert.Equal(1, (int)JsonNode.Parse(merged.Output)!["erased"]!);
        Assert.Equal((2, 0), await CountAsync());
    }

    [Fact]
    public async Task Ids_come_from_a_file_too_and_an_unknown_one_changes_nothing()
    {
        await BuildAsync("a.txt", "b.txt", "c.txt");
        string ids = _folder.Write("ids.txt", "a.txt\r\n\nnowhere.txt\n");
        CommandRun refused = await RunAsync(2, "index", "remove", Index, "--ids", ids, "--yes");
        Assert.Contains("'nowhere.txt'", refused.Error, StringComparison.Ordinal);
        Assert.Equal((3, 0), await CountAsync());
        _folder.Write("ids.txt", "a.txt\r\n\nc.txt");
        await RunAsync(0, "index", "remove", Index, "--ids", ids, "--yes");
        Assert.Equal((1, 2), await CountAsync());
    }

    [Theory]
    [InlineData("n\n", 0)]
    [InlineData("\n", 0)]
    [InlineData("y\n", 1)]
    public async Task A_person_is_asked_before_anything_is_removed_or_erased(string answer, int removed)
    {
        await BuildAsync("a.txt", "b.txt");
        var terminal = new CommandSetting { InputIsTerminal = true, Answers = answer };
        CommandRun run = await terminal.RunAsync("index", "remove", Index, "--document", "a.txt");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("1 document would be removed", run.Error, StringComparison.Ordinal);
        Assert.Equal((2 - removed, removed), await CountAsync());

        await terminal.RunAsync("index", "merge", Index);
        Assert.Equal((2 - removed, 0), await CountAsync());
    }

    [Fact]
    public async Task Without_a_terminal_and_without_yes_nothing_is_removed_or_erased()
    {
        await BuildAsync("a.txt", "b.txt");
        Assert.Contains("--yes", (await RunAsync(2, "index", "remove", Index, "--document", "a.txt")).Error, StringComparison.Ordinal);
        Assert.Equal((2, 0), await CountAsync());
        await RunAsync(0, "index", "remove", Index, "--document", "a.txt", "--yes");
        Assert.Contains("--yes", (await RunAsync(2, "index", "merge", Index)).Error, StringComparison.Ordinal);
        Assert.Equal((1, 1), await CountAsync());
    }

    [Theory]
    [InlineData("add", "nothing.rix", "in")]
    [InlineData("remove", "nothing.rix", "--document", "a.txt", "--yes")]
    [InlineData("merge", "nothing.rix", "--yes")]
    [InlineData("duplicates", "nothing.rix")]
    [InlineData("remove", "corpus.rix", "--yes")]
    [InlineData("remove", "corpus.rix", "--ids", "no-such-file", "--yes")]
    [InlineData("remove", "corpus.rix", "--document", "a.txt", "--document", "b.txt", "--yes")]
    [InlineData("add", "corpus.rix", "no-such-file")]
    [InlineData("add", "corpus.rix", "in", "--memory", "1M")]
    [InlineData("duplicates", "corpus.rix", "--near", "10%")]
    [InlineData("duplicates", "corpus.rix", "--near", "0.8")]
    [InlineData("duplicates", "corpus.rix", "-o", "no/such/folder/list.jsonl")]
    public async Task What_cannot_be_done_is_said_in_one_sentence(string command, params string[] arguments)
    {
        await BuildAsync("a.txt", "b.txt");
        CommandRun run = await RunAsync(2, ["index", command, .. arguments.Select(argument => argument.StartsWith('-') || argument.EndsWith('%') || argument.EndsWith(".txt", StringComparison.Ordinal) || argument.Length < 2 || char.IsAsciiDigit(argument[0]) ? argument : _folder.At(argument))]);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.StartsWith("recite: ", StringComparison.Ordinal));
        Assert.Equal((2, 0), await CountAsync());
        Assert.False(Directory.Exists(_folder.At("nothing.rix")));
    }

    [Fact]
    public async Task Duplicates_are_listed_for_people_and_for_programs()
    {
        _folder.Write("in/a.txt", Text);
        _folder.Write("in/b.txt", Text);
        _folder.Write("in/c.txt", Text + " It was never found.");
        _folder.Write("in/d.txt", "Something else altogether, which nobody has written down anywhere else.");
        await RunAsync(0, "index", "build", _folder.At("in"), "-o", Index);
        CommandRun exact = await RunAsync(0, "index", "duplicates", Index);
        Assert.StartsWith("1 of 4 documents are superfluous", exact.Output, StringComparison.Ordinal);

        string list = _folder.At("list.jsonl");
        JsonNode near = JsonNode.Parse((await RunAsync(0, "index", "duplicates", Index, "--near", "80%", "--json", "-o", list)).Output)!;
        Assert.Equal("recite.index-duplicates/1", (string?)near["schema"]);
        JsonNode cluster = Assert.Single(near["clusters"]!.AsArray())!;
        Assert.Equal("c.txt", (string?)cluster["keep"]!["document"]);
        Assert.Equal(["a.txt", "b.txt"], cluster["drop"]!.AsArray().Select(dropped => (string?)dropped!["document"]));
        Assert.Equal(cluster.ToJsonString(), JsonNode.Parse(Assert.Single(File.ReadAllLines(list)))!.ToJsonString());
    }

    [Fact]
    public async Task Info_says_what_each_part_takes_and_the_sum_is_what_lies_on_the_disk()
    {
        await BuildAsync("a.txt", "b.txt");
        await RunAsync(0, "index", "remove", Index, "--document", "a.txt", "--yes");
        JsonNode json = JsonNode.Parse((await RunAsync(0, "index", "info", Index, "--json")).Output)!;
        Assert.Equal((long)json["bytesOnDisk"]!, json["parts"]!.AsObject().Sum(part => (long)part.Value!));
        Assert.Equal(Directory.EnumerateFiles(Path.Combine(Index, "segments")).Sum(file => new FileInfo(file).Length), (long)json["bytesOnDisk"]!);
        Assert.Contains("removed", (await RunAsync(0, "index", "info", Index)).Output, StringComparison.Ordinal);
    }

    private async Task BuildAsync(params string[] names)
    {
        foreach (string name in names)
            _folder.Write($"in/{name}", $"{Text} {name}");
        await RunAsync(0, "index", "build", _folder.At("in"), "-o", Index);
    }

    private async Task<(int Documents, int Removed)> CountAsync()
    {
        JsonNode json = JsonNode.Parse((await RunAsync(0, "index", "info", Index, "--json")).Output)!;
        return ((int)json["documents"]!, (int)json["removed"]!);
    }

    private static async Task<CommandRun> RunAsync(int exitCode, params string[] arguments)
    {
        CommandRun run = await CommandRun.OfAsync(arguments);
        Assert.True(run.ExitCode == exitCode, $"{string.Join(' ', arguments)}: exit code {run.ExitCode}: {run.Error}{run.Output}");
        return run;
    }
}
