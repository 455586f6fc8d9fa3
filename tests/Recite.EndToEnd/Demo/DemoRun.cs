using System.Text.Json.Nodes;
using Recite.Testing;
using Recite.Testing.Files;

namespace Recite.EndToEnd.Demo;

/// <summary>One run of <c>recite demo</c>, which all tests of its report look at.</summary>
public sealed class DemoRun : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>What the program left behind.</summary>
    internal ReciteResult Result { get; private set; } = new(-1, "", "");

    /// <summary>The report for machines.</summary>
    public JsonObject Report { get; private set; } = [];

    /// <summary>The report for people.</summary>
    public string HtmlPath => Path.Combine(_folder.At("demo"), "report.html");

    public async ValueTask InitializeAsync() => (Result, Report) = await RunAsync(_folder.At("demo"));

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static async Task<(ReciteResult Result, JsonObject Report)> RunAsync(string folder)
    {
        ReciteResult result = await ReciteProcess.RunAsync(Repository.Root, ["demo", "--out", folder]);
        Assert.True(result.ExitCode == 0, $"recite demo ended with {result.ExitCode}: {result.Error}");
        return (result, DemoModel.ReadReport(Path.Combine(folder, "report.json")));
    }
}

/// <summary>The tests that share the run.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class DemoTests : ICollectionFixture<DemoRun>
{
    public const string Name = "The demo";
}
