using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Recite.Indexing;
using Recite.Runs;
using Recite.Targets;
using Recite.Testing.Files;

namespace Recite.Tests.Runs;

/// <summary>Scores in run files, and run files from before there were any.</summary>
public sealed class RunScoresTest : IDisposable
{
    private static readonly string s_digest = new('a', 64);
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));

    private RunStore Store => new(_folder.At("runs"), _time);

    [Fact]
    public void Scores_are_kept_as_they_were_measured()
    {
        StoredScore whole = Score(0) with
        {
            Score = new SuffixScore([-1e-300, -0.5, double.NegativeInfinity], [0, 3, -1], [1, 1e-9, double.NaN])
            {
                RequestIndex = 0,
                TokenCount = 9,
                IsCutBetweenTokens = false,
                Schemes = [new SchemeScore([-1, -2, -3], true), new SchemeScore([-4, double.NegativeInfinity, -6], false)],
            },
            Schemes = ["temperature=0.7", "temperature=2,top-k=40"],
        };
        string id;
        using (RunFile run = Start())
        {
            id = run.Header.Id;
            run.SavePlan([RunFileTest.Attempt(0), RunFileTest.Attempt(1)], "{}");
            run.RecordScores([whole, Score(0) with { Context = "document" }, Score(1)]);
        }

        using RunFile again = Store.Open(id, write: false);
        Assert.Equal(3, again.ScoredCount);
        Assert.Equivalent(new[] { Score(0) with { Context = "document" }, whole, Score(1) }, again.ReadScores(), strict: true);
    }

    [Fact]
    public void A_failed_score_gives_way_to_a_good_one_and_to_nothing_else()
    {
        using RunFile run = Start();
        run.SavePlan([RunFileTest.Attempt(0)], "{}");
        run.RecordScores([Score(0, "no reply")]);
        run.RecordScores([Score(0, "another")]);
        Assert.Equal("no reply", Assert.Single(run.ReadScores()).Score.Error);
        run.RecordScores([Score(0)]);
        run.RecordScores([Score(0, "too late")]);
        run.RecordScores([Score(0) with { Score = new SuffixScore([-7], [1], [1]) }]);
        Assert.Equal(-0.25, Assert.Single(run.ReadScores()).Score.LogProbability);
        Assert.Throws<ReciteException>(() => run.RecordScores([Score(5)]));
    }

    // As version 1 wrote them: the same tables without the scores.
    [Fact]
    public void A_file_of_version_1_is_read_and_gets_the_table_of_scores_when_it_is_written()
    {
        string id;
        using (RunFile run = Start())
        {
            id = run.Header.Id;
            run.SavePlan([RunFileTest.Attempt(0)], "{}");
            run.Record([RunFileTest.Done(0, "old")]);
        }

        Execute(id, "DROP TABLE score; PRAGMA user_version = 1");
        using (RunFile old = Store.Open(id, write: false))
        {
            Assert.Empty(old.ReadScores());
            Assert.Equal((1, 0), (old.DoneCount, old.ScoredCount));
        }

        using RunFile continued = Store.Open(id, write: true);
        continued.RecordScores([Score(0)]);
        Assert.Equal("old", Assert.Single(continued.ReadResults()).Completion.Text);
        Assert.Equivalent(Score(0), Assert.Single(continued.ReadScores()), strict: true);
    }

    [Fact]
    public void A_score_of_which_a_part_is_missing_is_one_sentence()
    {
        string id;
        using (RunFile run = Start())
        {
            id = run.Header.Id;
            run.SavePlan([RunFileTest.Attempt(0)], "{}");
            run.RecordScores([Score(0) with { Score = Score(0).Score with { Schemes = [new SchemeScore([-1], true)] }, Schemes = ["temperature=2"] }]);
        }

        Execute(id, "DELETE FROM score WHERE scheme = 'temperature=1'");
        using RunFile damaged = Store.Open(id, write: false);
        Assert.Contains("lacks a part of the score", Assert.Throws<ReciteException>(() => damaged.ReadScores()).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private RunFile Start() => Store.Start(s_digest, (id, _) => Header(id));

    private RunHeader Header(string id) => new()
    {
        Id = id,
        ConfigDigest = s_digest,
        Config = "{\"seed\":7}",
        Target = "fake:x",
        Corpus = "./c.rix",
        Manifest = "sha256:1",
        Version = "1.2.3",
        Started = _time.GetUtcNow(),
    };

    private void Execute(string id, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Store.FolderOf(id), "run.sqlite")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static StoredScore Score(int ordinal, string? error = null) => new(
        ordinal,
        "window",
        (error is null ? new SuffixScore([-0.25], [0], [1.5]) { TokenCount = 4 } : new SuffixScore([], [], [])) with { RequestIndex = ordinal, Error = error },
        []);
}
