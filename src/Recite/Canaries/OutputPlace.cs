using Recite.Indexing;

namespace Recite.Canaries;

/// <summary>Finds out whether a file can be made before the work for it is done.</summary>
public static class OutputPlace
{
    /// <summary>Makes a file beside the one that is to come, and removes it.</summary>
    /// <param name="path">The file to come.</param>
    /// <exception cref="ReciteException">Its folder does not exist, no file can be made there, or it is a folder itself.</exception>
    public static void Check(string path)
    {
        if (Directory.Exists(path))
            throw new ReciteException($"'{path}' is a folder; name a file in it.");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is not { } folder || !Directory.Exists(folder))
            throw new ReciteException($"The folder of '{path}' does not exist; make it first.");
        try
        {
            string trial = FormattableString.Invariant($"{path}.{Environment.ProcessId}.trial");
            using var stream = new FileStream(trial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ReciteException($"'{path}' cannot be written: no file can be made in its folder; name another folder, or see to the rights of this one.", error);
        }
    }
}
