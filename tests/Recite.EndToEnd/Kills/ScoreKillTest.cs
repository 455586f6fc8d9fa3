using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Recite.Testing.Files;

namespace Recite.EndToEnd.Kills;

/// <summary>
/// An audit that is killed while it scores, and started again with the same command, ends with every window scored once and with the
/// report of an audit that nobody disturbed.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class ScoreKillTest(ITestOutputHelper output)
{
    private const int Limit = 100;
    private const string Prefix = "{ samples: 100, prefix: 50t, suffix: 50t, offset: random, repeat: 1, seed: 7 }";
    private const string BothContexts = "score: { context: both }";

    // From what lies on the disk: nothing asked yet, some asked, all asked and none scored, some scored, all scored.
    private enum Phase
    {
        Planning,
        Asking,
        BeforeScoring,
        Scoring,
        Scored,
        EndedBefore,
    }

    [Fact]
    public Task An_audit_killed_while_it_scores_ends_with_the_report_of_an_undisturbed_one() => KillAsync([1, 65, 190]);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData(1, 64, 129, 193, 257, 321, 385)]
    [InlineData(0, 0, 0, 100, 200, 300, 400)]
    [InlineData(30, 60, 90, 120, 150, 180, 210)]
    public Task Audits_killed_while_they_score_end_with_the_report_of_an_undisturbed_one(params int[] moments) => KillAsync(moments);

    private async Task KillAsync(int[] moments)
    {
        using var folder = new TemporaryFolder();
        string index = await DemoModel.BuildIndexAsync(folder);
        string calm = DemoModel.WriteConfig(folder, "calm", index, $"onnx:{DemoModel.Folder}", Prefix, Limit, BothContexts);
        string killed = DemoModel.WriteConfig(folder, "killed", index, $"onnx:{DemoModel.Folder}", Prefix, Limit, BothContexts);
        JsonObject expected = await DemoModel.AuditAsync(calm);
        RunCounts whole = RunCounts.Read(calm);

        var hits = new Dictionary<Phase, int>();
        var kept = new List<int>();
        foreach (int moment in moments)
        {
            KilledProcess process = await KilledProcess.RunAsync(
                DemoModel.AuditArguments, running => WaitForScoresAsync(running, killed, moment), killed, TestContext.Current.CancellationToken);
            RunCounts after = RunCounts.Read(killed);
            Phase phase = process.WasRunning ? PhaseOf(after, whole) : Phase.EndedBefore;
            hits[phase] = hits.GetValueOrDefault(phase) + 1;
            if (!process.WasRunning)
                break;
            Assert.True(after.Scored >= kept.LastOrDefault(), $"{kept.LastOrDefault()} windows were scored, and after another kill {after.Scored}");
            kept.Add(after.Scored);
        }

        output.WriteLine($"windows kept after each kill, of {whole.Scored}: {string.Join(", ", kept)}; phases: {string.Join(", ", hits.Select(hit => $"{hit.Key} {hit.Value}"))}");
        Assert.True(hits.GetValueOrDefault(Phase.Scoring) > 0, $"no kill came while windows were being scored: {string.Join(", ", kept)} of {whole.Scored}");
        JsonObject report = await DemoModel.AuditAsync(killed);
        Assert.Equal(whole, RunCounts.Read(killed));
        Assert.Equal(DemoModel.WithoutTimes(expected), DemoModel.WithoutTimes(report));
    }

    private static Phase PhaseOf(RunCounts now, RunCounts whole) => now switch
    {
        { Asked: 0 } => Phase.Planning,
        _ when now.Asked < whole.Asked => Phase.Asking,
        { Scored: 0 } => Phase.BeforeScoring,
        _ when now.Scored < whole.Scored => Phase.Scoring,
        _ => Phase.Scored,
    };

    private static async Task WaitForScoresAsync(Process process, string folder, int least)
    {
        while (!process.HasExited && RunCounts.Read(folder).Scored < least)
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    /// <summary>What a run file holds, counted by SQLite itself.</summary>
    private sealed record RunCounts(int Asked, int Scored)
    {
        public static RunCounts Read(string folder)
        {
            string runs = Path.Combine(folder, "runs");
            string? file = Directory.Exists(runs)
                ? Directory.EnumerateFiles(runs, "run.sqlite", SearchOption.AllDirectories).SingleOrDefault(path => !path.Contains(".new-", StringComparison.Ordinal))
                : null;
            if (file is null)
                return new RunCounts(0, 0);
            using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
            connection.Open();
            return new RunCounts(Count(connection, "SELECT count(*) FROM result"), Count(connection, "SELECT count(*) FROM score"));
        }

        private static int Count(SqliteConnection connection, string sql)
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        }
    }
}
