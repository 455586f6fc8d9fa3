namespace Recite.Runs;

/// <summary>
/// A temporary folder of one process. Disposing removes it; what a process that was killed left behind is removed by the next one
/// that makes a folder of the same kind, which knows it by the lock that nobody holds any more.
/// </summary>
public sealed class ScratchFolder : IDisposable
{
    private const string LockName = ".lock";

    private readonly FileStream _lock;

    private ScratchFolder(string path, FileStream @lock) => (Path, _lock) = (path, @lock);

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Makes a folder whose name begins with <paramref name="prefix"/> in the system's temporary folder.</summary>
    /// <exception cref="IOException">The temporary folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static ScratchFolder Create(string prefix)
    {
        Sweep(prefix);
        string path = Directory.CreateTempSubdirectory(prefix).FullName;
        return new ScratchFolder(path, Lock(System.IO.Path.Combine(path, LockName), FileMode.CreateNew));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    private static FileStream Lock(string path, FileMode mode) => new(path, mode, FileAccess.ReadWrite, FileShare.None);

    private static void Sweep(string prefix)
    {
        foreach (string folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), prefix + "*"))
        {
            // A folder without a lock may be one that is just being made.
            string file = System.IO.Path.Combine(folder, LockName);
            if (!File.Exists(file))
                continue;
            try
            {
                using (Lock(file, FileMode.Open))
                    Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A live process holds it, another one has just swept it, or it is another user's: not ours to remove.
                continue;
            }
        }
    }
}
