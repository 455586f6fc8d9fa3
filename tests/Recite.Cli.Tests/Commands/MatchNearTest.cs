using System.Text.Json;
using Recite.Testing;
using Recite.Testing.Files;

namespace Recite.Cli.Tests.Commands;

public sealed class MatchNearTest : IDisposable
{
    private const string Passage =
        "The keeper of the small harbour light wrote down every ship that passed, and the colour of its sails, until the winter came and no ship passed at all.";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Near_matches_are_printed_with_their_edits()
    {
        await BuildAsync(32);
        CommandRun run = await MatchAsync("--near", "10%");
        Assert.Equal(0, run.ExitCode);
        Golden.Matches("match-near.txt", run.Output.Replace(_folder.Path + "/", "", StringComparison.Ordinal));
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Json_names_the_kind_the_edits_and_the_tolerance()
    {
        await BuildAsync(32);
        JsonElement root = JsonDocument.Parse((await MatchAsync("--near", "10%", "--json")).Output).RootElement;
        Assert.Equal("10%", root.GetProperty("rules").GetProperty("near").GetString());
        JsonElement match = root.GetProperty("inputs")[0].GetProperty("matches")[0];
        Assert.Equal(("near-verbatim", 1, false), (match.GetProperty("kind").GetString(), match.GetProperty("edits").GetInt32(), match.GetProperty("occurrencesAreExact").GetBoolean()));
        Assert.False(JsonDocument.Parse((await MatchAsync("--json")).Output).RootElement.GetProperty("rules").TryGetProperty("near", out _));
    }

    [Theory]
    [InlineData(64, false)]
    [InlineData(128, true)]
    public async Task A_long_guarantee_warns_that_short_passages_are_missed(int guarantee, bool warns)
    {
        await BuildAsync(guarantee);
        CommandRun run = await MatchAsync("--near", "10%");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(warns, run.Error.Contains("only by luck", StringComparison.Ordinal));
        Assert.DoesNotContain("only by luck", (await MatchAsync()).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10")]
    [InlineData("51%")]
    [InlineData("0%")]
    public async Task What_is_no_share_of_words_is_one_sentence(string near)
    {
        await BuildAsync(64);
        CommandRun run = await MatchAsync("--near", near);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"'{near}' is not a share of changed words such as 10%", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_of_the_file_asks_for_near_matches_too()
    {
        await BuildAsync(32);
        string config = _folder.Write("recite.yaml", "match: { near: 10% }\n");
        Assert.Contains("near-verbatim, 1 word edit", (await MatchAsync("--config", config)).Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task BuildAsync(int guarantee)
    {
        _folder.Write("corpus.txt", "Something said before. " + Passage + " Something said after it.");
        _folder.Write("answer.txt", "As I remember: " + Passage.Replace("colour", "shape", StringComparison.Ordinal) + " Or not?");
        CommandRun run = await CommandRun.OfAsync("index", "build", _folder.At("corpus.txt"), "-o", _folder.At("corpus.rix"), "--guarantee", $"{guarantee}", "--quiet");
        Assert.Equal(0, run.ExitCode);
    }

    private Task<CommandRun> MatchAsync(params string[] options) =>
        CommandRun.OfAsync(["match", _folder.At("answer.txt"), "-c", _folder.At("corpus.rix"), .. options]);
}
