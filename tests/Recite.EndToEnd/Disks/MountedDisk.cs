using Recite.Testing;

namespace Recite.EndToEnd.Disks;

/// <summary>
/// Runs shell lines in a mount name space of their own, where a small or read-only file system can be mounted without asking anybody. Permissions
/// would not do: the superuser, which tests in containers often are, is not bound by them.
/// </summary>
internal static class MountedDisk
{
    /// <summary>Stands in tests/skips.txt.</summary>
    private const string NoMounts = "unshare cannot mount a file system here: full disks and read-only directories are not tested";

    /// <summary>Runs lines in which <c>recite</c> is the program; skips the test where nothing can be mounted.</summary>
    public static async Task<ReciteResult> RunAsync(string folder, params string[] lines)
    {
        ReciteResult probe = await ReciteProcess.ShellAsync(folder, "unshare -rm sh -c 'mount -t tmpfs -o size=1m tmpfs /mnt'");
        Assert.SkipWhen(probe.ExitCode != 0, NoMounts);
        string script = Path.Combine(folder, "script.sh");
        await File.WriteAllTextAsync(
            script,
            $"set -u\nrecite() {{ \"{ReciteProcess.Program}\" \"$@\"; }}\n{string.Join('\n', lines)}\n",
            TestContext.Current.CancellationToken);
        return await ReciteProcess.ShellAsync(Repository.Root, $"unshare -rm sh \"{script}\"");
    }
}
