using Recite.Testing.Files;

namespace Recite.EndToEnd;

public sealed class CompletionScriptTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("recite ind", "index")]
    [InlineData("recite index ve", "verify")]
    [InlineData("recite match --exit", "--exit-code")]
    public async Task Bash_completes_what_was_begun(string line, string expected)
    {
        (await ReciteProcess.ShellAsync(_folder.Path, "recite completion bash > c.sh && bash -n c.sh")).Success();
        string words = string.Join(' ', line.Split(' ').Select(word => $"'{word}'"));
        ReciteResult result = await ReciteProcess.ShellAsync(
            _folder.Path,
            $"""
            . ./c.sh
            COMP_WORDS=({words}); COMP_CWORD=$((${"{#COMP_WORDS[@]}"} - 1)); COMP_LINE='{line}'; COMP_POINT={line.Length}
            _recite_complete
            printf '%s\n' "${"{COMPREPLY[@]}"}"
            """,
            "/bin/bash");
        Assert.Equal(expected + "\n", result.Success());
    }

    [Fact]
    public async Task Every_script_of_a_shell_that_is_here_parses()
    {
        (await ReciteProcess.ShellAsync(_folder.Path, "recite completion bash > c.sh && bash -n c.sh")).Success();
        (await ReciteProcess.ShellAsync(_folder.Path, "recite completion zsh > c.zsh && { ! command -v zsh || zsh -n c.zsh; }")).Success();
        (await ReciteProcess.ShellAsync(_folder.Path, "recite completion fish > c.fish && { ! command -v fish || fish -n c.fish; }")).Success();
    }
}
