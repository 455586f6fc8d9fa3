using System.Text.Json;
using System.Text.Json.Nodes;
using Recite.Config;
using Recite.Indexing;

namespace Recite.Runs;

/// <summary>A folder of runs, each in a folder of its own: starts them, finds those that can be resumed, lists, opens and removes them.</summary>
/// <param name="folder">Usually <c>runs/</c> beside the configuration; made when the first run starts.</param>
/// <param name="time">Where run ids take their time from.</param>
public sealed class RunStore(string folder, TimeProvider time)
{
    private const string UnfinishedPrefix = ".new-";

    /// <summary>The folder as the user wrote it.</summary>
    public string Folder { get; } = folder;

    /// <summary>Every run, oldest first; one that cannot be read says why.</summary>
    public IReadOnlyList<RunListing> List() => [.. Ids().Select(Describe)];

    /// <summary>The folder of a run, where reports are kept beside its file.</summary>
    public string FolderOf(string id) => Path.Combine(Folder, id);

    /// <summary>The newest unfinished run that asks the same questions; <see langword="null"/> when there is none.</summary>
    public string? FindUnfinished(string configDigest) => List()
        .LastOrDefault(run => run.Finished is null && run.Header is { } header && string.Equals(header.ConfigDigest, configDigest, StringComparison.Ordinal))
        ?.Id;

    /// <summary>The newest run that asks the same questions, finished or not; <see langword="null"/> when there is none.</summary>
    public string? FindLatest(string configDigest) => List()
        .LastOrDefault(run => run.Header is { } header && string.Equals(header.ConfigDigest, configDigest, StringComparison.Ordinal))
        ?.Id;

    /// <summary>Makes a run and opens it for writing; <paramref name="describe"/> fills in the header for the id and time it is given.</summary>
    /// <exception cref="ReciteException">The folder cannot be written.</exception>
    public RunFile Start(string configDigest, Func<string, DateTimeOffset, RunHeader> describe)
    {
        DateTimeOffset now = time.GetUtcNow();
        try
        {
            PrivateFile.CreateFolder(Folder);
            for (int copy = 1; ; copy++)
            {
                string id = RunId.Make(now, configDigest, copy);
                if (!Directory.Exists(FolderOf(id)) && TryCreate(describe(id, now)))
                    return Open(id, write: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ReciteException($"A run cannot be started in {Folder}: {error.Message}", error);
        }
    }

    /// <summary>Opens a run by id or by a beginning of it that no other run shares.</summary>
    /// <exception cref="ReciteException">There is no such run, another process writes it, or its file cannot be read.</exception>
    public RunFile Open(string name, bool write)
    {
        string id = Resolve(name);
        return RunFile.Open(FolderOf(id), id, write);
    }

    /// <summary>Removes a run and everything in its folder.</summary>
    /// <exception cref="ReciteException">There is no such run, or a live process writes it.</exception>
    public void Delete(string name)
    {
        string id = Resolve(name);
        using (RunLock.Acquire(FolderOf(id), id))
        {
            try
            {
                Directory.Delete(FolderOf(id), recursive: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new ReciteException($"Run {id} cannot be removed: {error.Message}", error);
            }
        }
    }

    /// <summary>Writes every completion of a run as JSON Lines that <c>replay:</c> reads: the same audit of them gives the same findings.</summary>
    public void ExportReplay(string name, TextWriter output)
    {
        using RunFile run = Open(name, write: false);
        Dictionary<int, AttemptResult> results = run.ReadResults().ToDictionary(r => r.Ordinal);
        foreach (PlannedAttempt attempt in run.ReadAttempts())
        {
            if (!results.TryGetValue(attempt.Ordinal, out AttemptResult? result) || result.Completion.Disposition == Targets.Disposition.Error)
                continue;
            var line = new JsonObject
            {
                ["id"] = attempt.Id,
                ["prompt"] = attempt.Prompt,
                ["completion"] = result.Completion.Text,
                ["model"] = run.Header.Target,
                ["meta"] = new JsonObject
                {
                    ["arm"] = attempt.Arm,
                    ["probe"] = attempt.Probe,
                    ["disposition"] = RunRows.Word(result.Completion.Disposition),
                },
            };
            output.Write(line.ToJsonString(JsonSerializerOptions.Default));
            output.Write('\n');
        }
    }

    /// <summary>The full id for a beginning of one.</summary>
    /// <exception cref="ReciteException">None or several runs begin like that.</exception>
    public string Resolve(string name)
    {
        string[] ids = [.. Ids()];
        string[] found = [.. ids.Where(id => id.StartsWith(name, StringComparison.Ordinal))];
        if (found.Contains(name, StringComparer.Ordinal))
            return name;
        return name.Length > 0 && found.Length == 1
            ? found[0]
            : throw new ReciteException(found.Length > 1 && name.Length > 0
                ? $"'{name}' is the beginning of {found.Length} runs in {Folder}; write more of the id."
                : $"There is no run {name} in {Folder}{NearestWord.Suggest(name, ids)}; 'recite runs ls' lists the runs there are.");
    }

    private IEnumerable<string> Ids() => Directory.Exists(Folder)
        ? Directory.EnumerateDirectories(Folder).Select(path => Path.GetFileName(path)).Where(RunId.IsValid).Order(StringComparer.Ordinal)
        : [];

    private RunListing Describe(string id)
    {
        try
        {
            using RunFile run = RunFile.Open(FolderOf(id), id, write: false);
            return new RunListing(id, run.Header, run.Finished, run.PlannedCount, run.DoneCount, run.ErrorCount, null) { Scored = run.ScoredCount };
        }
        catch (ReciteException error)
        {
            return new RunListing(id, null, null, 0, 0, 0, error.Message);
        }
    }

    // The run gets its name by one rename when its file is whole, so that a kill in between leaves no half-made run behind.
    private bool TryCreate(RunHeader header)
    {
        string making = FolderOf(UnfinishedPrefix + header.Id);
        if (Directory.Exists(making))
            Directory.Delete(making, recursive: true);
        PrivateFile.CreateFolder(making);
        RunFile.Create(making, header);
        if (Directory.Exists(FolderOf(header.Id)))
            return false;
        Directory.Move(making, FolderOf(header.Id));
        return true;
    }
}
