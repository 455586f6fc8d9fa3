using System.Diagnostics;
using Recite.Testing;
using Recite.Testing.Files;

namespace Recite.EndToEnd;

/// <summary><c>./recite</c>, the first command of the README.</summary>
public sealed class LauncherTest : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Runs_in_the_callers_directory_also_when_two_start_at_once()
    {
        await File.WriteAllTextAsync(_folder.At("a.txt"), "Three ferries crossed that morning, and the fourth lay on her side in the mud below the chandler's yard.", TestContext.Current.CancellationToken);
        ReciteResult[] both = await Task.WhenAll(LaunchAsync("index", "build", "a.txt", "-o", "a.rix"), LaunchAsync("index", "build", "a.txt", "-o", "b.rix"));
        Assert.All(both, result => result.Success());
        Assert.True(File.Exists(_folder.At("a.rix/manifest.json")));
        Assert.True(File.Exists(_folder.At("b.rix/manifest.json")));
    }

    [Fact]
    public async Task Hands_on_arguments_output_and_exit_code_unchanged()
    {
        ReciteResult result = await LaunchAsync("match", "name with spaces", "-c", "no such.rix");
        Assert.Contains("'no such.rix'", result.Sentence(2), StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    private async Task<ReciteResult> LaunchAsync(params string[] arguments)
    {
        using Process process = ReciteProcess.Launch(Repository.At("recite"), _folder.Path, arguments);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new ReciteResult(process.ExitCode, await output, await error);
    }
}
