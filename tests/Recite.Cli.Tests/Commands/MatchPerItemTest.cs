using System.Text.Json;
using Recite.Testing;
using Recite.Testing.Files;

namespace Recite.Cli.Tests.Commands;

public sealed class MatchPerItemTest : IDisposable
{
    private const string Question = "Which keeper of the harbour light wrote down every ship that passed until the winter came?";

    private static readonly JsonSchemaCheck s_schema =
        new(JsonDocument.Parse(File.ReadAllBytes(Repository.At("docs/formats/contamination.schema.json"))).RootElement);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Items_that_stand_in_the_corpus_are_listed_and_all_are_counted_by_rule()
    {
        CommandRun run = await RunAsync("--text-field", "question,answer", "--near", "10%");
        Assert.Equal(0, run.ExitCode);
        Golden.Matches("match-per-item.txt", run.Output.Replace(_folder.Path + "/", "", StringComparison.Ordinal));
        Assert.Contains("set.jsonl line 5 is not valid JSON", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_keeps_the_schema_and_lines_are_its_items()
    {
        string lines = _folder.At("items.jsonl");
        CommandRun run = await RunAsync("--text-field", "question,answer", "--near", "10%", "--json", "-o", lines);
        JsonElement root = JsonDocument.Parse(run.Output).RootElement;
        Assert.Empty(s_schema.Errors(root));
        Assert.Equal(
            ["verbatim 2/1/1", "near-verbatim 1/1/2", "ngram-13 1/1/2", "ngram-8 2/1/1"],
            root.GetProperty("summary").EnumerateArray().Select(rule => $"{rule.GetProperty("rule")} {rule.GetProperty("found")}/{rule.GetProperty("absent")}/{rule.GetProperty("undecided")}"));
        Assert.Equal(1, root.GetProperty("inputs")[0].GetProperty("skipped").GetInt32());
        Assert.Equal(
            root.GetProperty("items").EnumerateArray().Select(item => JsonSerializer.Serialize(item)),
            File.ReadAllLines(lines).Select(line => JsonSerializer.Serialize(JsonDocument.Parse(line).RootElement)));
        Assert.NotEmpty(s_schema.Errors(JsonDocument.Parse(run.Output.Replace("\"absent\"", "\"gone\"", StringComparison.Ordinal)).RootElement));
    }

    [Fact]
    public async Task The_exit_code_says_whether_an_item_was_found()
    {
        Assert.Equal(3, (await RunAsync("--text-field", "question", "--exit-code")).ExitCode);
        Assert.Equal(0, (await RunAsync("--text-field", "id", "--exit-code")).ExitCode);
    }

    [Theory]
    [InlineData("--ngrams", "13,0", "is not a number of words")]
    [InlineData("--ngrams", "8,8", "name each length once")]
    [InlineData("--text-field", "nothing", "There is no item with a text")]
    public async Task What_cannot_be_done_is_one_sentence(string option, string value, string expected)
    {
        CommandRun run = await RunAsync(option, value);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_of_items_without_per_item_are_refused()
    {
        CommandRun run = await CommandRun.OfAsync("match", _folder.Write("a.txt", "a"), "-c", "none.rix", "--ngrams", "8");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--ngrams belongs to --per-item", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<CommandRun> RunAsync(params string[] options)
    {
        string corpus = _folder.Write("corpus.txt", "Quite another text to begin with. " + Question + " Nobody knows.");
        string set = _folder.Write("set.jsonl", $$"""
            {"id": "verbatim", "question": "{{Question}}", "answer": "The old one."}
            {"id": "near", "question": "{{Question.Replace("every", "each", StringComparison.Ordinal)}}", "answer": "Nothing at all of this answer was ever written there before today."}
            {"id": "absent", "question": "What colour has the sky on a planet that has two suns of different age?", "answer": "Nobody who was asked for it has ever given the same colour twice in a row."}
            {"id": "short", "question": "Why?", "answer": "So."}
            {"id": "broken",
            """);
        CommandRun built = await CommandRun.OfAsync("index", "build", corpus, "-o", _folder.At("corpus.rix"), "--guarantee", "32", "--quiet");
        Assert.Equal(0, built.ExitCode);
        return await CommandRun.OfAsync(["match", set, "-c", _folder.At("corpus.rix"), "--per-item", .. options]);
    }
}
