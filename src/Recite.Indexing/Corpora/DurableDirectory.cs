using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Recite.Indexing.Corpora;

/// <summary>
/// Makes what a directory names survive a power failure: a renamed file is durable once its directory was flushed, too (fsync(2)).
/// Windows keeps names in its journal and offers no such call for directories, so nothing is done there.
/// </summary>
internal static partial class DurableDirectory
{
    private const int ReadOnly = 0;

    /// <summary>Flushes the names in a directory to the disk. A file system that does not know this for directories is taken at its word.</summary>
    /// <exception cref="IOException">The directory cannot be opened, or the disk failed.</exception>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var handle = new SafeFileHandle(OpenDirectory(path, ReadOnly), ownsHandle: true);
        if (handle.IsInvalid)
            throw new IOException($"the directory '{path}' cannot be opened (error {Marshal.GetLastPInvokeError()})");
        RandomAccess.FlushToDisk(handle);
    }

    // The class library opens files only.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenDirectory(string path, int flags);
}
