using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Recite.Indexing;
using Recite.Runs;
using Recite.Targets;
using Recite.Testing.Files;

namespace Recite.Tests.Runs;

public sealed class RunFileTest : IDisposable
{
    private static readonly string s_digest = new('a', 64);
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));

    private RunStore Store => new(_folder.At("runs"), _time);

    [Fact]
    public void Keeps_what_it_was_given()
    {
        string id;
        using (RunFile run = Start())
        {
            id = run.Header.Id;
            Assert.False(run.IsPlanned);
            run.SavePlan([Attempt(0), Rich(1)], "{}");
            run.Record([Done(1, "späte\0Äpfel \U0001F34E")]);
            run.AddSeconds(1.5);
            run.AddSeconds(0.25);
        }

        using RunFile again = Store.Open(id, write: false);
        Assert.Equal(Header(id), again.Header);
        Assert.True(again.IsPlanned);
        Assert.Equal("{}", again.Plan);
        Assert.Equivalent(new[] { Attempt(0), Rich(1) }, again.ReadAttempts(), strict: true);
        Assert.Equivalent(new[] { Done(1, "späte\0Äpfel \U0001F34E") }, again.ReadResults(), strict: true);
        Assert.Equal((2, 1, 0, 1.75), (again.PlannedCount, again.DoneCount, again.ErrorCount, again.Seconds));
        Assert.Null(again.Finished);
    }

    [Fact]
    public void A_result_is_kept_once_and_never_overwritten()
    {
        using RunFile run = Start();
        run.SavePlan([Attempt(0), Attempt(1)], "{}");
        run.Record([Done(0, "first")]);
        run.Record([Done(0, "second"), Done(1, "other")]);
        run.Record([Failed(0)]);
        Assert.Equal(["first", "other"], run.ReadResults().Select(r => r.Completion.Text));
    }

    [Fact]
    public void An_error_stays_until_something_better_comes()
    {
        using RunFile run = Start();
        run.SavePlan([Attempt(0)], "{}");
        run.Record([Failed(0)]);
        run.Record([Failed(0) with { Completion = Failed(0).Completion with { Error = "another" } }]);
        Assert.Equal("no reply", Assert.Single(run.ReadResults()).Completion.Error);
        Assert.Equal(1, run.ErrorCount);

        run.Record([Done(0, "at last")]);
        Assert.Equal("at last", Assert.Single(run.ReadResults()).Completion.Text);
        Assert.Equal(0, run.ErrorCount);
    }

    [Fact]
    public void Results_are_kept_all_or_none()
    {
        using RunFile run = Start();
        run.SavePlan([Attempt(0)], "{}");

        // Attempt 7 is not of the plan: the whole batch is refused, also the part before it.
        Assert.Throws<ReciteException>(() => run.Record([Done(0, "fine"), Done(7, "unplanned")]));
        Assert.Empty(run.ReadResults());
    }

    [Fact]
    public void A_plan_is_there_as_a_whole_or_not_at_all()
    {
        using RunFile run = Start();
        Assert.Throws<ReciteException>(() => run.SavePlan([Attempt(0), Attempt(1) with { Id = Attempt(0).Id }], "{}"));
        Assert.False(run.IsPlanned);
        Assert.Empty(run.ReadAttempts());
        run.SavePlan([Attempt(0)], "{}");
        Assert.True(run.IsPlanned);
    }

    // What a kill leaves behind is the files as they are at that moment; a copy of them taken without closing is the same thing.
    [Fact]
    public void After_a_kill_everything_recorded_is_there_once_and_the_rest_is_pending()
    {
        using RunFile run = Start();
        run.SavePlan([.. Enumerable.Range(0, 20).Select(Attempt)], "{}");
        for (int i = 0; i < 20; i++)
        {
            run.Record([Done(i, $"text {i}")]);
            string copy = CopyAsKilled(run.Header.Id, i);
            using RunFile after = new RunStore(copy, _time).Open(run.Header.Id, write: true);
            Assert.Equal(Enumerable.Range(0, i + 1).Select(k => $"text {k}"), after.ReadResults().Select(r => r.Completion.Text));
            Assert.Equal(20, after.PlannedCount);
        }
    }

    [Fact]
    public void A_torn_journal_loses_at_most_what_was_never_confirmed()
    {
        using RunFile run = Start();
        run.SavePlan([.. Enumerable.Range(0, 5).Select(Attempt)], "{}");
        run.Record([Done(0, "kept")]);
        string journal = Path.Combine(Store.FolderOf(run.Header.Id), "run.sqlite-wal");
        long confirmed = new FileInfo(journal).Length;
        run.Record([Done(1, "torn")]);

        string copy = CopyAsKilled(run.Header.Id, 0);
        using (FileStream torn = File.OpenWrite(Path.Combine(copy, run.Header.Id, "run.sqlite-wal")))
            torn.SetLength(confirmed + ((torn.Length - confirmed) / 2));
        using RunFile after = new RunStore(copy, _time).Open(run.Header.Id, write: true);
        Assert.Equal(["kept"], after.ReadResults().Select(r => r.Completion.Text));
    }

    [Fact]
    public void A_file_of_a_newer_format_is_refused_in_one_sentence()
    {
        string id = StartAndClose();
        Execute(id, "PRAGMA user_version = 3");
        Assert.Contains("newer version of Recite (run format 3", Assert.Throws<ReciteException>(() => Store.Open(id, write: false)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a database at all, just some text that is long enough to be read as a header of one, over and over")]
    [InlineData("")]
    public void What_is_no_run_file_is_refused_in_one_sentence(string content)
    {
        string id = StartAndClose();
        File.WriteAllText(Path.Combine(Store.FolderOf(id), "run.sqlite"), content);
        Assert.Contains(id, Assert.Throws<ReciteException>(() => Store.Open(id, write: false)).Message, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(Store.List()).Problem);
    }

    [Theory]
    [InlineData("DELETE FROM meta WHERE key = 'config'")]
    [InlineData("UPDATE meta SET value = 'yesterday' WHERE key = 'started'")]
    [InlineData("DROP TABLE meta")]
    public void A_damaged_header_is_one_sentence(string sql)
    {
        string id = StartAndClose();
        Execute(id, sql);
        Assert.Contains(id, Assert.Throws<ReciteException>(() => Store.Open(id, write: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_owner_can_read_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("File modes are of Unix.");
            return;
        }

        using RunFile run = Start();
        run.SavePlan([Attempt(0)], "{}");
        string[] files = Directory.GetFiles(Store.FolderOf(run.Header.Id));
        Assert.True(files.Length >= 2);
        foreach (string file in files)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    public void Dispose() => _folder.Dispose();

    private RunFile Start() => Store.Start(s_digest, (id, _) => Header(id));

    private string StartAndClose()
    {
        using RunFile run = Start();
        return run.Header.Id;
    }

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

    private string CopyAsKilled(string id, int number)
    {
        string copy = _folder.At($"copy-{number}");
        Directory.CreateDirectory(Path.Combine(copy, id));
        foreach (string file in Directory.EnumerateFiles(Store.FolderOf(id)).Where(f => Path.GetFileName(f) != "lock"))
        {
            using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using FileStream to = File.Create(Path.Combine(copy, id, Path.GetFileName(file)));
            from.CopyTo(to);
        }

        return copy;
    }

    private void Execute(string id, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Store.FolderOf(id), "run.sqlite")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    internal static PlannedAttempt Attempt(int ordinal) => new()
    {
        Ordinal = ordinal,
        Id = $"prefix-{ordinal}-1",
        Arm = "prefix",
        Probe = "prefix",
        Sample = $"prefix-{ordinal}",
        Prompt = "Once upon",
        MaxTokens = 50,
    };

    private static PlannedAttempt Rich(int ordinal) => Attempt(ordinal) with
    {
        Stratum = "4-7",
        PromptTokens = [1, -5, int.MaxValue],
        Suffix = " a time",
        SuffixTokens = [],
        Seed = ulong.MaxValue,
        Source = new SampleSource(long.MaxValue, "d", "u", 1, 2, 3),
    };

    internal static AttemptResult Done(int ordinal, string text) => new(ordinal, new Completion
    {
        RequestIndex = ordinal,
        Disposition = Disposition.Truncated,
        Text = text,
        Tokens = [7, 8],
        PromptTokenCount = 3,
        CompletionTokenCount = 2,
        FinishReason = "length",
        RequestId = "r-1",
    });

    private static AttemptResult Failed(int ordinal) => new(ordinal, new Completion { RequestIndex = ordinal, Disposition = Disposition.Error, Error = "no reply" });
}
