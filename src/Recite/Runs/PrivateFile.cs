namespace Recite.Runs;

/// <summary>Files that hold prompts and completions are readable by their owner alone (mode 0600 where there are modes).</summary>
internal static class PrivateFile
{
    public static FileStreamOptions Options(FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    /// <summary>Makes an empty file; SQLite gives its journal files the mode of their database.</summary>
    public static void CreateEmpty(string path) => new FileStream(path, Options(FileMode.CreateNew, FileShare.None)).Dispose();

    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
