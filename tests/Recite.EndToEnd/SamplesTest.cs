using System.Diagnostics;
using Recite.Testing;

namespace Recite.EndToEnd;

/// <summary>The samples are programs that people copy, so they must build and print what they say.</summary>
public sealed class SamplesTest
{
    [Theory]
    [InlineData("build-and-match.cs", "20 words at byte 13: THE MILL AT THE FORD GRINDS SLOWLY, but it grinds each grain that the long winter left in its care\n  stands in mill.txt, bytes 0 to 98\n")]
    [InlineData("audit-any-model.cs", "1 of 3 samples came back\n  from document 1: ")]
    public async Task A_sample_builds_runs_and_prints_what_it_is_for(string sample, string expected)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["run", Repository.At($"samples/{sample}")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.StartsWith(expected, output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_sample_is_run_here_and_named_on_the_page()
    {
        string[] samples = [.. Directory.GetFiles(Repository.At("samples"), "*.cs").Select(Path.GetFileName).Order(StringComparer.Ordinal)!];
        Assert.Equal(["audit-any-model.cs", "build-and-match.cs"], samples);
        string page = File.ReadAllText(Repository.At("samples/README.md"));
        Assert.All(samples, sample => Assert.Contains($"({sample})", page, StringComparison.Ordinal));
    }
}
