namespace Recite.Cli.Tests;

public sealed class UsageErrorTest
{
    [Theory]
    [InlineData("demoo", "'demoo' is not a command of 'recite' (did you mean 'demo'?). See 'recite --help'.")]
    [InlineData("xyzzy", "'xyzzy' is not a command of 'recite'. See 'recite --help'.")]
    [InlineData("guard", "'recite guard' is not in this version. See 'recite --help'.")]
    [InlineData("runs diff", "'recite runs diff' is not in this version. See 'recite runs --help'.")]
    [InlineData("runs list", "'list' is not a command of 'recite runs' (did you mean 'ls'?). See 'recite runs --help'.")]
    [InlineData("index", "'recite index' needs a command: build, add, remove, merge, info, verify, duplicates. See 'recite index --help'.")]
    [InlineData("index bild", "'bild' is not a command of 'recite index' (did you mean 'build'?). See 'recite index --help'.")]
    [InlineData("match a.txt --exitcode", "'--exitcode' is not an option of 'recite match' (did you mean '--exit-code'?). See 'recite match --help'.")]
    [InlineData("match --min-lenght=150c a.txt", "'--min-lenght=150c' is not an option of 'recite match' (did you mean '--min-length'?). See 'recite match --help'.")]
    [InlineData("index build a.txt -x", "'-x' is not an option of 'recite index build'. See 'recite index build --help'.")]
    [InlineData("index build", "'recite index build' needs an argument: INPUT. See 'recite index build --help'.")]
    [InlineData("index build a.txt --guarantee", "--guarantee needs a value: BYTES. See 'recite index build --help'.")]
    [InlineData("index info a.rix b.rix", "'b.rix' is one argument too many for 'recite index info'. See 'recite index info --help'.")]
    [InlineData("index build a.txt --guarantee 64 --guarantee 32", "--guarantee was given 2 times; give it once. See 'recite index build --help'.")]
    [InlineData("completion tcsh", "There is no completion script for 'tcsh'; there are scripts for bash, zsh, fish, pwsh.")]
    public async Task Says_what_is_wrong_and_what_was_meant(string commandLine, string sentence)
    {
        CommandRun run = await CommandRun.OfAsync(commandLine.Split(' '));
        Assert.Equal($"recite: {sentence}\n", run.Error);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Takes_what_stands_after_two_dashes_for_an_argument()
    {
        CommandRun run = await CommandRun.OfAsync("match", "-c", "none.rix", "--", "--exitcode");
        Assert.Contains("There is no index at 'none.rix'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_control_characters_instead_of_sending_them_to_the_terminal()
    {
        CommandRun run = await CommandRun.OfAsync("\u001b[2Jdemo");
        Assert.DoesNotContain('\u001b', run.Error);
        Assert.Contains("U+001B", run.Error, StringComparison.Ordinal);
    }
}
