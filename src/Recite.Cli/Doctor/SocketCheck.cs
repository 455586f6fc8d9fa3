namespace Recite.Cli.Doctor;

/// <summary>Whether this process, with every native library loaded, has opened a socket: Recite talks to targets and to nobody else.</summary>
internal static class SocketCheck
{
    private const string Descriptors = "/proc/self/fd";

    // Local sockets (the runtime's own diagnostics port is one) are not in these tables.
    private static readonly string[] s_tables = ["tcp", "tcp6", "udp", "udp6", "raw", "raw6"];

    /// <summary>Counts the network sockets among the process's open files, those it inherited as standard streams left out.</summary>
    public static DoctorFinding Run()
    {
        if (!Directory.Exists(Descriptors))
            return new DoctorFinding(DoctorState.Missing, "sockets", "cannot be counted on this system");

        HashSet<string> network = [.. s_tables.SelectMany(Inodes)];
        int sockets = Directory.EnumerateFiles(Descriptors).Count(descriptor => SocketInode(descriptor) is { } inode && network.Contains(inode));
        return sockets == 0
            ? new DoctorFinding(DoctorState.Ok, "sockets", "this process opened none; only targets are ever connected to, and there is no telemetry")
            : new DoctorFinding(DoctorState.Network, "sockets", $"this process opened {sockets}");
    }

    private static string? SocketInode(string descriptor) =>
        int.TryParse(Path.GetFileName(descriptor), out int number)
        && number > 2
        && new FileInfo(descriptor).LinkTarget is ['s', 'o', 'c', 'k', 'e', 't', ':', '[', .. var inode, ']']
            ? inode
            : null;

    // proc(5): the inode is the tenth column, after one line of headings.
    private static IEnumerable<string> Inodes(string table)
    {
        string path = $"/proc/self/net/{table}";
        return !File.Exists(path)
            ? []
            : File.ReadLines(path).Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(columns => columns.Length > 9).Select(columns => columns[9]);
    }
}
