using Recite.Config;
using Recite.Testing.Files;

namespace Recite.Cli.Tests.Commands;

public sealed class InitCommandTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Writes_a_configuration_that_its_own_reader_understands()
    {
        CommandRun run = await CommandRun.OfAsync("init", _folder.At("audits/new"));
        Assert.Equal(0, run.ExitCode);
        AuditConfig config = AuditConfigReader.Read(_folder.At("audits/new/recite.yaml"), _ => null);
        Assert.Equal("./corpus.rix", config.Corpus);
        Assert.Single(config.Probes);
        Assert.True(File.Exists(_folder.At("audits/new/.env.example")));
    }

    [Fact]
    public async Task Adds_what_is_missing_to_gitignore_and_keeps_the_rest()
    {
        File.WriteAllText(_folder.At(".gitignore"), "bin/\nruns/");
        await CommandRun.OfAsync("init", _folder.Path);
        Assert.Equal("bin/\nruns/\n*.rix/\n.env\n", File.ReadAllText(_folder.At(".gitignore")));
    }

    [Fact]
    public async Task Refuses_to_overwrite_where_nobody_can_be_asked()
    {
        File.WriteAllText(_folder.At("recite.yaml"), "mine");
        CommandRun run = await CommandRun.OfAsync("init", _folder.Path);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--yes", run.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_folder.At("recite.yaml")));
    }

    [Theory]
    [InlineData("n\n", false)]
    [InlineData("\n", false)]
    [InlineData("", false)]
    [InlineData("y\n", true)]
    [InlineData("YES\n", true)]
    public async Task Overwrites_only_when_the_answer_is_yes(string answer, bool overwritten)
    {
        File.WriteAllText(_folder.At("recite.yaml"), "mine");
        CommandRun run = await new CommandSetting { InputIsTerminal = true, Answers = answer }.RunAsync("init", _folder.Path);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(overwritten, File.ReadAllText(_folder.At("recite.yaml")) != "mine");
    }

    [Fact]
    public async Task Yes_overwrites_without_asking()
    {
        File.WriteAllText(_folder.At("recite.yaml"), "mine");
        CommandRun run = await CommandRun.OfAsync("init", _folder.Path, "--yes");
        Assert.Equal(0, run.ExitCode);
        Assert.NotEqual("mine", File.ReadAllText(_folder.At("recite.yaml")));
    }
}
