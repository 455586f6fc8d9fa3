using Recite.Cli.Settings;
using Recite.Indexing;
using Recite.Testing.Files;

namespace Recite.Cli.Tests.Settings;

public sealed class EnvironmentVariablesTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reads_the_nearest_file_here_or_above()
    {
        File.WriteAllText(_folder.At(".env"), "A=above\n");
        Directory.CreateDirectory(_folder.At("x/y"));
        Assert.Equal("above", Read(_folder.At("x/y")).Find("A"));
        File.WriteAllText(_folder.At("x/.env"), "A=nearer\n");
        Assert.Equal("nearer", Read(_folder.At("x/y")).Find("A"));
    }

    [Fact]
    public void Understands_comments_quotes_and_export()
    {
        File.WriteAllText(_folder.At(".env"), "# note\n\nexport A = 'one two'\nB=\"x=y\"\nC=\nD=\"\n");
        EnvironmentVariables variables = Read(_folder.Path);
        Assert.Equal("one two", variables.Find("A"));
        Assert.Equal("x=y", variables.Find("B"));
        Assert.Equal("", variables.Find("C"));
        Assert.Equal("\"", variables.Find("D"));
        Assert.Null(variables.Find("note"));
    }

    [Fact]
    public void What_the_process_has_wins_unless_it_is_empty()
    {
        File.WriteAllText(_folder.At(".env"), "A=file\nB=file\n");
        var variables = new EnvironmentVariables(name => name is "A" ? "process" : name is "B" ? "" : null, null, _folder.Path);
        Assert.Equal("process", variables.Find("A"));
        Assert.Equal("file", variables.Find("B"));
    }

    [Fact]
    public void Names_file_and_line_of_what_it_cannot_read()
    {
        File.WriteAllText(_folder.At(".env"), "A=1\nnonsense\n");
        var error = Assert.Throws<ReciteException>(() => Read(_folder.Path));
        Assert.Contains(".env:2:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_named_must_exist() =>
        Assert.Throws<ReciteException>(() => new EnvironmentVariables(_ => null, _folder.At("none"), _folder.Path));

    private static EnvironmentVariables Read(string folder) => new(_ => null, null, folder);
}
