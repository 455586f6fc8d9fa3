using System.Diagnostics;
using Recite.Testing;

namespace Recite.EndToEnd;

/// <summary>Every sample compiles, runs and prints what it promises.</summary>
public sealed class SamplesTest
{
    private static readonly Dictionary<string, string> s_printed = new(StringComparer.Ordinal)
    {
        ["audit-any-model.cs"] = "1 of 3 samples came back",
        ["find-matches.cs"] = "in canal, bytes 0 to 71",
        ["audit-recorded-outputs.cs"] = "1 finding(s); the first is from island.",
    };

    [Fact]
    public void Each_sample_is_tested() =>
        Assert.Equal(s_printed.Keys.Order(), Directory.EnumerateFiles(Repository.At("samples"), "*.cs").Select(path => Path.GetFileName(path)).Order());

    [Fact]
    public async Task Samples_compile_and_print_what_they_promise()
    {
        // One after the other: both build the same projects.
        foreach ((string sample, string printed) in s_printed)
        {
            using Process process = ReciteProcess.Launch("dotnet", Repository.At("samples"), ["run", sample]);
            process.StandardInput.Close();
            Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, $"{sample}: {output}{await error}");
            Assert.Contains(printed, output, StringComparison.Ordinal);
        }
    }
}
