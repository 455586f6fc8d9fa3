using Recite.Indexing;

namespace Recite.Runs;

/// <summary>Held by the one process that writes a run; the operating system lets go of it when that process dies, however it dies.</summary>
internal sealed class RunLock : IDisposable
{
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of the run in <paramref name="folder"/>.</summary>
    /// <exception cref="ReciteException">A live process holds it, or the folder cannot be written.</exception>
    public static RunLock Acquire(string folder, string id)
    {
        try
        {
            return new RunLock(new FileStream(Path.Combine(folder, "lock"), PrivateFile.Options(FileMode.OpenOrCreate, FileShare.None)));
        }
        catch (UnauthorizedAccessException error)
        {
            throw new ReciteException($"Run {id} cannot be written in {folder}: {error.Message}", error);
        }
        catch (IOException error)
        {
            throw new ReciteException($"Run {id} is being written by another process; wait for it to end or stop it first.", error);
        }
    }

    public void Dispose() => _file.Dispose();
}
