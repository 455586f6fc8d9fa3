using System.Globalization;
using Microsoft.Data.Sqlite;
using Recite.Indexing;

namespace Recite.Runs;

/// <summary>
/// One run on disk: its configuration, its plan and the result of every attempt, in one SQLite file (<c>docs/formats/run-v1.md</c>).
/// What <see cref="Record"/> has returned from survives a kill of the process and a power failure; nothing else counts as done.
/// </summary>
/// <remarks>For one thread at a time. Opened for writing it holds the run's lock until it is disposed.</remarks>
public sealed class RunFile : IDisposable
{
    private const string FileName = "run.sqlite";

    private readonly SqliteConnection _connection;
    private readonly RunLock? _lock;

    private RunFile(SqliteConnection connection, RunLock? heldLock)
    {
        _connection = connection;
        _lock = heldLock;
        Header = null!;
    }

    /// <summary>What the run says of itself.</summary>
    public RunHeader Header { get; private set; }

    /// <summary>Whether the plan is complete; a run killed before that has asked nothing and is planned again.</summary>
    public bool IsPlanned => ReadMeta("plan") is not null;

    /// <summary>What the plan noted (strata, things left out) as JSON; <see langword="null"/> before there is a plan.</summary>
    public string? Plan => ReadMeta("plan");

    /// <summary>When the run finished; <see langword="null"/> while it can be resumed.</summary>
    public DateTimeOffset? Finished => ReadMeta("finished") is { } text ? ParseTime(text) : null;

    /// <summary>Seconds spent asking, over all sessions.</summary>
    public double Seconds => ReadMeta("seconds") is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : 0;

    /// <summary>The finished report as JSON, where one was kept.</summary>
    public string? Report => ReadMeta("report");

    /// <summary>Attempts of the plan.</summary>
    public int PlannedCount => Count("SELECT count(*) FROM attempt");

    /// <summary>Attempts with a result, errors included.</summary>
    public int DoneCount => Count("SELECT count(*) FROM result");

    /// <summary>Attempts whose result is an error.</summary>
    public int ErrorCount => Count("SELECT count(*) FROM result WHERE disposition = 'error'");

    /// <summary>Scoring passes with a result, errors included.</summary>
    public int ScoredCount => HasScores ? Count("SELECT count(*) FROM (SELECT DISTINCT ordinal, context FROM score)") : 0;

    // A file of version 1 that was only opened to be read has no table of them.
    private bool HasScores => Count("PRAGMA user_version") > 1;

    internal static void Create(string folder, RunHeader header)
    {
        string path = Path.Combine(folder, FileName);
        PrivateFile.CreateEmpty(path);
        using var file = new RunFile(Connect(path, SqliteOpenMode.ReadWrite), null);
        using SqliteTransaction transaction = file._connection.BeginTransaction();
        file.Execute(RunSchema.Create);
        file.WriteHeader(header);
        transaction.Commit();
    }

    internal static RunFile Open(string folder, string id, bool write)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new ReciteException($"There is no run {id} in {Path.GetDirectoryName(folder)}; 'recite runs ls' lists the runs there are.");

        RunLock? heldLock = write ? RunLock.Acquire(folder, id) : null;
        SqliteConnection? connection = null;
        try
        {
            return Guarded(id, () =>
            {
                connection = Connect(path, write ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly);
                var file = new RunFile(connection, heldLock);
                file.CheckVersion(id, write);
                file.Header = file.ReadHeader(id);
                return file;
            });
        }
        catch
        {
            connection?.Dispose();
            heldLock?.Dispose();
            throw;
        }
    }

    /// <summary>Writes the whole plan at once: either all of it is there afterwards or nothing.</summary>
    public void SavePlan(IReadOnlyList<PlannedAttempt> attempts, string plan) => Guarded(Header.Id, () =>
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        Execute("DELETE FROM attempt");
        using SqliteCommand insert = Command(RunSchema.InsertAttempt);
        foreach (PlannedAttempt attempt in attempts)
        {
            RunRows.Bind(insert, attempt);
            insert.ExecuteNonQuery();
        }

        WriteMeta("plan", plan);
        transaction.Commit();
        return true;
    });

    /// <summary>The planned attempts in the order of asking.</summary>
    public IReadOnlyList<PlannedAttempt> ReadAttempts() => Guarded(Header.Id, () => Read("SELECT * FROM attempt ORDER BY ordinal", RunRows.ReadAttempt));

    /// <summary>The results there are, in the order of the plan.</summary>
    public IReadOnlyList<AttemptResult> ReadResults() => Guarded(Header.Id, () => Read("SELECT * FROM result ORDER BY ordinal", RunRows.ReadResult));

    /// <summary>
    /// Makes results durable, all of them or none. An attempt that already has a result keeps it, except that an error gives way to what
    /// is no error.
    /// </summary>
    public void Record(IReadOnlyList<AttemptResult> results) => Guarded(Header.Id, () =>
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        using SqliteCommand insert = Command(RunSchema.InsertResult);
        foreach (AttemptResult result in results)
        {
            RunRows.Bind(insert, result);
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        return true;
    });

    /// <summary>The scores there are, in the order of the plan; none in files from before there was scoring.</summary>
    public IReadOnlyList<StoredScore> ReadScores() => Guarded(Header.Id, () =>
        HasScores ? ScoreRows.Group(Read("SELECT * FROM score ORDER BY ordinal, context, scheme", ScoreRows.Read)) : []);

    /// <summary>Makes scores durable, all of them or none; a score that is there stays, except that an error gives way to what is none.</summary>
    public void RecordScores(IReadOnlyList<StoredScore> scores) => Guarded(Header.Id, () =>
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        using SqliteCommand insert = Command(RunSchema.InsertScore);
        foreach (StoredScore score in scores)
            ScoreRows.Insert(insert, score);
        transaction.Commit();
        return true;
    });

    /// <summary>Adds the seconds of one session.</summary>
    public void AddSeconds(double seconds) => Guarded(Header.Id, () => WriteMeta("seconds", (Seconds + seconds).ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>Marks the run as finished: the same command then starts a new one.</summary>
    public void Finish(DateTimeOffset now) => Guarded(Header.Id, () => WriteMeta("finished", FormatTime(now)));

    /// <summary>Takes the mark away, so that failed attempts can be asked again.</summary>
    public void Reopen() => Guarded(Header.Id, () => Execute("DELETE FROM meta WHERE key = 'finished'"));

    /// <summary>Keeps the report beside what it was made of.</summary>
    public void SaveReport(string json) => Guarded(Header.Id, () => WriteMeta("report", json));

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        _lock?.Dispose();
    }

    internal static string FormatTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset ParseTime(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        // FULL: with WAL, a commit is on the disk before it returns; NORMAL would lose the last ones in a power failure.
        command.CommandText = mode == SqliteOpenMode.ReadOnly
            ? "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF"
            : "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF";
        command.ExecuteNonQuery();
        return connection;
    }

    private static T Guarded<T>(string id, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException error)
        {
            throw RunFailure.Explain(id, error);
        }
        catch (Exception error) when (error is FormatException or InvalidCastException or InvalidOperationException)
        {
            throw new ReciteException($"The file of run {id} holds values that do not belong there; it is damaged. Remove it with 'recite runs rm {id}'.", error);
        }
    }

    private void CheckVersion(string id, bool write)
    {
        int version = Count("PRAGMA user_version");
        if (version > RunSchema.Version)
            throw new ReciteException($"Run {id} was written by a newer version of Recite (run format {version}, this one knows {RunSchema.Version}); use that version.");
        if (version < 1)
            throw new ReciteException($"The file of run {id} is no run file; remove it with 'recite runs rm {id}'.");
        if (version < RunSchema.Version && write)
        {
            using SqliteTransaction transaction = _connection.BeginTransaction();
            Execute(RunSchema.Upgrade);
            transaction.Commit();
        }
    }

    private RunHeader ReadHeader(string id)
    {
        string Need(string key) => ReadMeta(key) ?? throw new ReciteException($"The file of run {id} lacks its '{key}'; it is damaged. Remove it with 'recite runs rm {id}'.");
        return new RunHeader
        {
            Id = Need("id"),
            ConfigDigest = Need("configDigest"),
            Config = Need("config"),
            Target = Need("target"),
            Corpus = Need("corpus"),
            Manifest = Need("manifest"),
            Version = Need("version"),
            Started = ParseTime(Need("started")),
        };
    }

    private void WriteHeader(RunHeader header)
    {
        WriteMeta("id", header.Id);
        WriteMeta("configDigest", header.ConfigDigest);
        WriteMeta("config", header.Config);
        WriteMeta("target", header.Target);
        WriteMeta("corpus", header.Corpus);
        WriteMeta("manifest", header.Manifest);
        WriteMeta("version", header.Version);
        WriteMeta("started", FormatTime(header.Started));
    }

    private string? ReadMeta(string key)
    {
        using SqliteCommand command = Command("SELECT value FROM meta WHERE key = $key");
        command.Parameters.AddWithValue("$key", key);
        return (string?)command.ExecuteScalar();
    }

    private int WriteMeta(string key, string value)
    {
        using SqliteCommand command = Command("INSERT INTO meta (key, value) VALUES ($key, $value) ON CONFLICT (key) DO UPDATE SET value = excluded.value");
        command.Parameters.AddWithValue("$key", key);
        command.Parameters.AddWithValue("$value", value);
        return command.ExecuteNonQuery();
    }

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using SqliteCommand command = Command(sql);
        using SqliteDataReader reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private int Count(string sql)
    {
        using SqliteCommand command = Command(sql);
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private int Execute(string sql)
    {
        using SqliteCommand command = Command(sql);
        return command.ExecuteNonQuery();
    }

    // Only constants of this folder come here; values are always parameters.
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "Constant SQL; values are parameters.")]
    private SqliteCommand Command(string sql)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
