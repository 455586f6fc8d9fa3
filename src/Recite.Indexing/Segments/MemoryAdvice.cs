using System.Runtime.InteropServices;

namespace Recite.Indexing.Segments;

/// <summary>Large blocks of memory outside the collector's heap, and what the system is told about them. Advice that is not taken changes nothing.</summary>
internal static unsafe partial class MemoryAdvice
{
    private const nuint HugePageBytes = 2 << 20;
    private const int DontNeed = 4;
    private const int HugePage = 14;

    /// <summary>Allocates a block on a border of 2 MiB and asks for huge pages: a random access then rarely misses the address cache.</summary>
    public static byte* AllocateLarge(long bytes)
    {
        var block = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, HugePageBytes);
        if (OperatingSystem.IsLinux())
            _ = Advise(block, (nuint)bytes, HugePage);
        return block;
    }

    public static void Free(byte* block) => NativeMemory.AlignedFree(block);

    /// <summary>
    /// Lets go of the pages of a mapped file that were read: they stay in the system's cache and no longer count as this process's
    /// memory. Never for other memory, which would be zero afterwards. The start must lie on a page border.
    /// </summary>
    public static void Release(byte* mapped, long bytes)
    {
        if (OperatingSystem.IsLinux())
            _ = Advise(mapped, (nuint)bytes, DontNeed);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
