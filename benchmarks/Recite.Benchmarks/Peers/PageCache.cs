using System.Globalization;
using System.Runtime.InteropServices;

namespace Recite.Benchmarks.Peers;

/// <summary>Asks the system to forget what it holds of files in memory, and says what this process read from the disk.</summary>
internal static partial class PageCache
{
    private const int DontNeed = 4;

    /// <summary>Forgets every file below a folder; none of them may be mapped.</summary>
    public static void Forget(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using FileStream stream = File.OpenRead(file);
            if (posix_fadvise((int)stream.SafeFileHandle.DangerousGetHandle(), 0, 0, DontNeed) != 0)
                throw new InvalidOperationException($"the system does not forget {file}");
        }
    }

    /// <summary>Bytes that came from the disk for this process so far.</summary>
    public static long ReadBytes => long.Parse(
        File.ReadLines("/proc/self/io").First(line => line.StartsWith("read_bytes:", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);

    [LibraryImport("libc")]
    private static partial int posix_fadvise(int file, nint offset, nint length, int advice);
}
