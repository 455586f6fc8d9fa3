using Recite.Indexing;
using Recite.Reporting;

namespace Recite.Reports;

/// <summary>Writes reports to disk: what stands under the name asked for is the old report or the whole new one, never a part.</summary>
public static class ReportFile
{
    /// <summary>Writes <paramref name="report"/> in the format that the extension asks for, creating the directory if need be and replacing a file of that name.</summary>
    /// <exception cref="ReciteException">The format is not built, or the place cannot be written.</exception>
    public static Task WriteAsync(AuditReport report, string path, ReportOptions? options = null, CancellationToken cancellationToken = default) =>
        WriteAsync(report, path, ReportWriters.ForPath(path, options), CreateNew, cancellationToken);

    /// <summary>The same for a report that only its owner may read (mode 0600 where there are modes), as the files of a run are.</summary>
    /// <exception cref="ReciteException">The format is not built, or the place cannot be written.</exception>
    public static Task WritePrivateAsync(AuditReport report, string path, ReportOptions? options = null, CancellationToken cancellationToken = default) =>
        WriteAsync(report, path, ReportWriters.ForPath(path, options), CreatePrivate, cancellationToken);

    /// <summary>The same with the writer and the way to open files given, so that tests can fill the disk.</summary>
    internal static async Task WriteAsync(
        AuditReport report, string path, IReportWriter writer, Func<string, Stream> create, CancellationToken cancellationToken)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new ReciteException($"Cannot write the report '{path}': a directory has that name; choose another.");

        // The process id keeps two runs that write the same report from sharing a half-written file.
        string suffix = $".{Environment.ProcessId}.tmp";
        string temporary = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}{suffix}");
        var folder = new ReportFolder(full, suffix, create);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            folder.Discard();
            await WriteStagedAsync(report, writer, temporary, folder, create, cancellationToken);
            if (writer is IReportFolderWriter)
                folder.Commit();
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ReciteException($"Cannot write the report '{path}': {Reason(error)}.", error);
        }
        finally
        {
            RemoveLeftovers(temporary, folder);
        }
    }

    private static async Task WriteStagedAsync(
        AuditReport report, IReportWriter writer, string temporary, ReportFolder folder, Func<string, Stream> create, CancellationToken cancellationToken)
    {
        File.Delete(temporary);
        Stream output = create(temporary);
        await using (output)
        {
            if (writer is IReportFolderWriter withFolder)
            {
                folder.RefuseForeignFiles();
                await withFolder.WriteAsync(report, output, folder, cancellationToken);
            }
            else
            {
                await writer.WriteAsync(report, output, cancellationToken);
            }

            await output.FlushAsync(cancellationToken);
            if (output is FileStream file)
                file.Flush(flushToDisk: true);
        }
    }

    private static void RemoveLeftovers(string temporary, ReportFolder folder)
    {
        try
        {
            File.Delete(temporary);
            folder.Discard();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report; a leftover starts with a dot and the next write removes it.
        }
    }

    private static FileStream CreateNew(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 64 * 1024);

    private static FileStream CreatePrivate(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 64 * 1024 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    private static string Reason(Exception error)
    {
        const int NoSpaceOnUnix = 28;
        const int NoSpaceOnWindows = unchecked((int)0x80070070);
        const int ReadOnlyOnUnix = 30;
        return error switch
        {
            { HResult: NoSpaceOnUnix or NoSpaceOnWindows } => "the disk is full; free some space or choose another place",
            { HResult: ReadOnlyOnUnix } => "the file system is read-only; choose another place",
            UnauthorizedAccessException => "permission denied; choose a place you may write to",
            DirectoryNotFoundException => "its directory cannot be created; choose another place",
            FileNotFoundException => "no file can be created there; choose another place",
            PathTooLongException => "the name is too long; choose a shorter one",
            _ => error.Message.TrimEnd('.'),
        };
    }
}
