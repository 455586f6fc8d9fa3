using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Recite.Cli.Terminal;

namespace Recite.Cli.Doctor;

/// <summary>The machine and the runtime.</summary>
internal static class MachineCheck
{
    /// <summary>Looks at operating system, processor, memory and runtime.</summary>
    public static IEnumerable<DoctorFinding> Run()
    {
        yield return new DoctorFinding(DoctorState.Ok, "runtime", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}");
        yield return new DoctorFinding(
            OperatingSystem.IsLinux() ? DoctorState.Ok : DoctorState.Missing,
            "system",
            OperatingSystem.IsLinux() ? RuntimeInformation.OSDescription : $"{RuntimeInformation.OSDescription}; Recite is tested on Linux");
        yield return new DoctorFinding(
            DoctorState.Ok,
            "processor",
            $"{Environment.ProcessorCount} threads, vectors of {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)} bits");
        yield return new DoctorFinding(DoctorState.Ok, "memory", $"{Wording.Bytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)} available to this process");
    }
}
