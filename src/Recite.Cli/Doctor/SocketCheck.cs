namespace Recite.Cli.Doctor;

/// <summary>Whether this process, with every native library loaded, has opened a socket: Recite talks to targets and to nobody else.</summary>
internal static class SocketCheck
{
    private const string Descriptors = "/proc/self/fd";

    /// <summary>Counts the sockets among the process's open files, those it inherited from its caller as standard streams left out.</summary>
    public static DoctorFinding Run()
    {
        if (!Directory.Exists(Descriptors))
            return new DoctorFinding(DoctorState.Missing, "sockets", "cannot be counted on this system");

        int sockets = Directory.EnumerateFiles(Descriptors).Count(IsNetworkSocket);
        return sockets == 0
            ? new DoctorFinding(DoctorState.Ok, "sockets", "none opened by this process; only targets are ever connected to, and there is no telemetry")
            : new DoctorFinding(DoctorState.Network, "sockets", $"{sockets} opened by this process");
    }

    private static bool IsNetworkSocket(string descriptor) =>
        int.TryParse(Path.GetFileName(descriptor), out int number)
        && number > 2
        && new FileInfo(descriptor).LinkTarget is { } target
        && target.StartsWith("socket:", StringComparison.Ordinal);
}
