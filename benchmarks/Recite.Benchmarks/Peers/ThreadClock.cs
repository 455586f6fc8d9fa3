using System.Runtime.InteropServices;

namespace Recite.Benchmarks.Peers;

/// <summary>CPU time of the calling thread: what the other engines' drivers read, so that a query costs the same in both.</summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;

    public static long Nanoseconds => clock_gettime(ThreadCpuTime, out Time time) == 0
        ? (time.Seconds * 1_000_000_000) + time.Nanoseconds
        : throw new InvalidOperationException("this system has no clock of a thread's CPU time");

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
