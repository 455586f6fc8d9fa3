namespace Recite.Cli.Tests;

public sealed class CompletionTest
{
    [Theory]
    [InlineData("recite ind", "index")]
    [InlineData("recite index ve", "verify")]
    [InlineData("recite index build --st", "--store,--strict")]
    [InlineData("recite index build --store ", "raw,zstd")]
    [InlineData("recite completion z", "zsh")]
    [InlineData("./recite audit --inconclusive ", "fail,pass")]
    public async Task Suggests_commands_options_and_words(string line, string expected)
    {
        CommandRun run = await CommandRun.OfAsync($"[suggest:{line.Length}]", line);
        string[] suggested = run.Output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Superset(expected.Split(',').ToHashSet(), suggested.ToHashSet());
        string word = line[(line.LastIndexOf(' ') + 1)..];
        Assert.All(suggested, suggestion => Assert.Contains(word, suggestion, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bash", "complete ")]
    [InlineData("zsh", "#compdef recite")]
    [InlineData("fish", "complete --command recite")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task Each_script_registers_itself_and_asks_for_suggestions(string shell, string registration)
    {
        CommandRun run = await CommandRun.OfAsync("completion", shell);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(registration, run.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", run.Output, StringComparison.Ordinal);
    }
}
