using System.Text.Json;
using Recite.Indexing;
using Recite.Runs;

namespace Recite.Canaries;

/// <summary>Writes what <c>recite canary</c> leaves behind, and reads what it published.</summary>
public static class CanaryFiles
{
    private const int MostCommitmentBytes = 1 << 20;

    /// <summary>Writes the private list, readable by its owner alone; a file that is there is never replaced.</summary>
    /// <exception cref="ReciteException">There is a file already, or it cannot be written.</exception>
    public static void WriteList(string path, CanaryEscrow escrow) => Write(path, CanaryJson.Write(escrow), isPrivate: true);

    /// <summary>Writes the public commitment; a file that is there is never replaced.</summary>
    /// <exception cref="ReciteException">There is a file already, or it cannot be written.</exception>
    public static void WriteCommitment(string path, CanaryCommitment commitment) => Write(path, CanaryJson.Write(commitment), isPrivate: false);

    /// <summary>Reads a commitment.</summary>
    /// <exception cref="ReciteException">The file cannot be read or is none.</exception>
    public static CanaryCommitment ReadCommitment(string path)
    {
        using JsonDocument json = SealedJson.Parse(BoundedFile.Read(path, MostCommitmentBytes, "commitment"), path, "commitment");
        return CanaryJson.ReadCommitment(new JsonFields(json.RootElement, path));
    }

    private static void Write(string path, byte[] content, bool isPrivate)
    {
        if (Path.Exists(path))
            throw new ReciteException($"'{path}' exists already, and what was committed to is never replaced; name another file.");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new ReciteException($"The folder of '{path}' does not exist; make it first.");
        FileStreamOptions options = isPrivate
            ? PrivateFile.Options(FileMode.CreateNew, FileShare.None)
            : new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        using var stream = new FileStream(path, options);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }
}
