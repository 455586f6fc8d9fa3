using System.Text.Json;
using Recite.Canaries.Scoring;
using Recite.Cli.Commands;
using Recite.Metrics.Statistics;
using Recite.Testing.Files;

namespace Recite.Cli.Tests.Commands;

public sealed class CanaryCommandsTest
{
    [Fact]
    public async Task A_place_where_no_file_can_be_made_is_said_before_any_work()
    {
        using var folder = new TemporaryFolder();
        string list = await CreateAsync(folder);
        CommandRun create = await CommandRun.OfAsync("canary", "create", "-o", folder.At("none/x.json"));
        Assert.Equal($"recite: The folder of '{folder.At("none/x.json")}' does not exist; make it first.\n", create.Error);
        Assert.Equal(2, create.ExitCode);

        // Nothing is asked of the target: it does not exist.
        CommandRun score = await CommandRun.OfAsync("canary", "score", list, "-t", "onnx:" + folder.At("no-model"), "-o", folder.At("none/x.json"));
        Assert.Equal($"recite: The folder of '{folder.At("none/x.json")}' does not exist; make it first.\n", score.Error);
        CommandRun into = await CommandRun.OfAsync("canary", "score", list, "-t", "onnx:" + folder.At("no-model"), "-o", folder.Path);
        Assert.Equal($"recite: '{folder.Path}' is a folder; name a file in it.\n", into.Error);
    }

    [Fact]
    public async Task A_folder_that_takes_no_files_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there is a folder in which nobody can make a file.");
        CommandRun run = await CommandRun.OfAsync("canary", "create", "-o", "/proc/x.json");
        Assert.StartsWith("recite: '/proc/x.json' cannot be written: no file can be made in its folder;", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public async Task What_is_not_proven_is_neither_ok_nor_a_failure()
    {
        using var folder = new TemporaryFolder();
        string list = await CreateAsync(folder);
        CommandRun table = await CommandRun.OfAsync("canary", "verify", list);
        Assert.Equal(0, table.ExitCode);
        Assert.Matches("(?m)^date +not proven  Only the clock", table.Output);
        Assert.Matches("(?m)^coin +ok  ", table.Output);

        CommandRun json = await CommandRun.OfAsync("canary", "verify", list, "--json");
        JsonElement root = JsonDocument.Parse(json.Output).RootElement;
        Assert.True(root.GetProperty("holds").GetBoolean());
        Assert.Equal(
            ["date"],
            root.GetProperty("checks").EnumerateArray().Where(c => c.GetProperty("holds").ValueKind == JsonValueKind.Null).Select(c => c.GetProperty("check").GetString()));
        Assert.Equal(0, json.ExitCode);
    }

    [Fact]
    public async Task A_file_that_does_not_exist_is_said_in_our_own_words()
    {
        using var folder = new TemporaryFolder();
        string list = await CreateAsync(folder), missing = folder.At("missing");
        string[][] commands =
        [
            ["verify", missing],
            ["verify", list, "--commitment", missing],
            ["verify", list, "--scores", missing],
            ["verify", list, "--authority", missing],
            ["score", missing, "-t", "onnx:none"],
        ];
        foreach (string[] command in commands)
        {
            CommandRun run = await CommandRun.OfAsync(["canary", .. command]);
            Assert.EndsWith($" {missing} cannot be read: there is no such file; see whether its name is right.\n", run.Error, StringComparison.Ordinal);
            Assert.Equal(2, run.ExitCode);
        }
    }

    [Fact]
    public void A_p_value_below_what_draws_can_show_is_printed_as_a_bound()
    {
        ScoredCanary[] scored = [.. Enumerable.Range(0, 20).Select(i => new ScoredCanary($"c{i}", i / 2, i % 2 == 0, 1 - (i % 2), -i))];
        CanaryStatistics statistics = CanaryStatistics.Compute(scored, 7);
        var drawn = new RandomizationResult(1.0 / (1 + RandomizationTest.Draws), RandomizationTest.MonteCarlo, 1);
        Assert.Contains("at most 0.00001 over", Print(statistics with { Randomization = drawn }), StringComparison.Ordinal);
        Assert.Contains("1.0E-5 over", Print(statistics with { Randomization = drawn with { Method = RandomizationTest.Exact } }), StringComparison.Ordinal);

        string Print(CanaryStatistics shown)
        {
            var writer = new StringWriter();
            CanaryScorePrinter.Write(writer, new CanaryScoreReport
            {
                Root = null,
                Target = "fake:model",
                Endpoint = "local",
                Revision = null,
                Measure = CanaryMeasure.Loss,
                Samples = 1,
                Seed = 7,
                Scores = scored,
                Statistics = shown,
            });
            return writer.ToString();
        }
    }

    private static async Task<string> CreateAsync(TemporaryFolder folder)
    {
        string list = folder.At("list.json");
        CommandRun run = await CommandRun.OfAsync("canary", "create", "-o", list, "--count", "4", "--decoys", "3");
        Assert.Equal(0, run.ExitCode);
        return list;
    }
}
