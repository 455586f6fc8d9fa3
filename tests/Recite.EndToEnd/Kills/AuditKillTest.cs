using System.Diagnostics;
using System.Text.Json.Nodes;
using Recite.Testing.Files;

namespace Recite.EndToEnd.Kills;

/// <summary>
/// An audit that is killed again and again, and started again with the same command, ends with every attempt once and with the report
/// of an audit that nobody disturbed.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class AuditKillTest(ITestOutputHelper output)
{
    private const int Kills = 5;
    private const int Limit = 100;
    private const string Prefix = "{ samples: 100, prefix: 50t, suffix: 50t, offset: random, repeat: 1, seed: 7 }";
    private const int SigInt = 2;
    private const int ExitCodeOfInterruption = 130;

    [Fact]
    public Task A_killed_audit_ends_with_the_report_of_an_undisturbed_one() => KillAsync(seed: 1);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public Task Killed_audits_end_with_the_report_of_an_undisturbed_one(int seed) => KillAsync(seed);

    [Fact]
    public async Task An_interrupted_audit_ends_with_130_and_the_same_command_continues_it()
    {
        using var folder = new TemporaryFolder();
        string index = await DemoModel.BuildIndexAsync(folder);
        string audit = DemoModel.WriteConfig(folder, "audit", index, $"onnx:{DemoModel.Folder}", Prefix, Limit);
        using (Process process = ReciteProcess.Launch(ReciteProcess.Program, audit, DemoModel.AuditArguments))
        {
            process.StandardInput.Close();
            Task<string> said = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            _ = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await WaitForAttemptsAsync(process, audit);
            await InterruptAsync(process);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == ExitCodeOfInterruption, $"exit code {process.ExitCode}: {await said}");
            Assert.Contains("Interrupted;", await said, StringComparison.Ordinal);
        }

        JsonObject interrupted = Assert.Single(await ReadRunsAsync(audit));
        Assert.Equal("unfinished", (string?)interrupted["state"]);
        Assert.InRange((int)interrupted["done"]!, 1, (int)interrupted["planned"]! - 1);
        JsonObject report = await DemoModel.AuditAsync(audit);
        JsonObject finished = Assert.Single(await ReadRunsAsync(audit));
        Assert.Equal((string?)interrupted["id"], (string?)finished["id"]);
        Assert.Equal((string?)finished["id"], (string?)report["run"]!["id"]);
        CheckAttempts(report, finished, await ExportAsync(audit, (string)finished["id"]!));
    }

    private async Task KillAsync(int seed)
    {
        using var folder = new TemporaryFolder();
        string index = await DemoModel.BuildIndexAsync(folder);
        string calm = DemoModel.WriteConfig(folder, "calm", index, $"onnx:{DemoModel.Folder}", Prefix, Limit);
        string killed = DemoModel.WriteConfig(folder, "killed", index, $"onnx:{DemoModel.Folder}", Prefix, Limit);
        long started = Stopwatch.GetTimestamp();
        JsonObject expected = await DemoModel.AuditAsync(calm);
        TimeSpan duration = Stopwatch.GetElapsedTime(started);

        var random = new Random(seed);
        var kept = new List<int>();
        for (int i = 0; i < Kills; i++)
        {
            // The first kill comes when attempts have been kept, so that there is something to lose; the others come at random.
            TimeSpan moment = duration * random.NextDouble();
            KilledProcess process = i == 0
                ? await KilledProcess.RunAsync(DemoModel.AuditArguments, running => WaitForAttemptsAsync(running, killed), killed, TestContext.Current.CancellationToken)
                : await KilledProcess.RunAsync(DemoModel.AuditArguments, moment, killed, TestContext.Current.CancellationToken);
            if (!process.WasRunning)
                break;
            JsonObject[] runs = await ReadRunsAsync(killed);
            Assert.True(runs.Length <= 1, $"a killed audit left {runs.Length} runs");
            int done = runs.Length == 0 ? 0 : (int)runs[0]["done"]!;
            int before = kept.LastOrDefault();
            Assert.True(done >= before, $"{before} attempts were kept, and after another kill {done}");
            kept.Add(done);
        }

        output.WriteLine($"attempts kept after each kill, of {expected["cost"]!["attempts"]}: {string.Join(", ", kept)}; undisturbed: {duration.TotalSeconds:F1} s");
        Assert.Contains(kept, done => done > 0 && done < (int)expected["cost"]!["attempts"]!);
        string reportPath = Path.Combine(killed, "report.json");
        JsonObject report = File.Exists(reportPath) && (string?)(await ReadRunsAsync(killed))[0]["state"] == "finished"
            ? DemoModel.ReadReport(reportPath)
            : await DemoModel.AuditAsync(killed);

        JsonObject run = Assert.Single(await ReadRunsAsync(killed));
        CheckAttempts(report, run, await ExportAsync(killed, (string)run["id"]!));
        Assert.Equal(await ExportAsync(calm, (string)Assert.Single(await ReadRunsAsync(calm))["id"]!), await ExportAsync(killed, (string)run["id"]!));
        Assert.Equal(DemoModel.WithoutTimes(expected), DemoModel.WithoutTimes(report));
    }

    private static void CheckAttempts(JsonObject report, JsonObject run, string[] attempts)
    {
        int planned = (int)run["planned"]!;
        Assert.True(planned > 2 * Limit, $"only {planned} attempts were planned");
        Assert.Equal("finished", (string?)run["state"]);
        Assert.Equal(planned, (int)run["done"]!);
        Assert.Equal(0, (int)run["errors"]!);
        Assert.Equal(planned, attempts.Length);
        Assert.Equal(planned, attempts.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(planned, (int)report["cost"]!["attempts"]!);
        Assert.Equal(planned, report["dispositions"]!.AsObject().Sum(disposition => (int)disposition.Value!));
    }

    private static async Task WaitForAttemptsAsync(Process process, string folder)
    {
        while (!process.HasExited && (await ReadRunsAsync(folder)).All(run => (int)run["done"]! == 0))
            await Task.Delay(50, TestContext.Current.CancellationToken);
    }

    private static async Task<JsonObject[]> ReadRunsAsync(string folder)
    {
        ReciteResult listed = await ReciteProcess.RunAsync(folder, ["runs", "ls", "--json"]);
        Assert.True(listed.ExitCode == 0, listed.Error);
        return [.. JsonNode.Parse(listed.Output)!["runs"]!.AsArray().Select(run => run!.AsObject())];
    }

    private static async Task<string[]> ExportAsync(string folder, string run)
    {
        ReciteResult exported = await ReciteProcess.RunAsync(folder, ["runs", "export", run]);
        Assert.True(exported.ExitCode == 0, exported.Error);
        return exported.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    // The shell's own kill: .NET can only kill for good.
    private static async Task InterruptAsync(Process process)
    {
        using Process kill = Process.Start("sh", ["-c", FormattableString.Invariant($"kill -{SigInt} {process.Id}")]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
