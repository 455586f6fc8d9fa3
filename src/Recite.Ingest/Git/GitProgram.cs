using System.ComponentModel;
using System.Diagnostics;
using Recite.Indexing;
using Recite.Ingest.Inputs;

namespace Recite.Ingest.Git;

/// <summary>
/// Starts git on a repository that may be anybody's: nothing of the machine's configuration or the caller's variables, no hook, no
/// monitor, no program of the repository's own, and no network, not even for objects that a partial clone left out.
/// </summary>
internal static class GitProgram
{
    private static readonly string[] Switches =
    [
        "--no-pager", "--no-replace-objects", "--literal-pathspecs",
        "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never", "-c", "safe.directory=*",
    ];

    /// <summary>Starts a command; the caller ends it.</summary>
    /// <exception cref="ReciteException">There is no git.</exception>
    public static Process Start(string gitDirectory, string label, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo("git")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = gitDirectory is { } path && Directory.Exists(path) ? path : Path.GetDirectoryName(gitDirectory)!,
        };
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";
        start.Environment["GIT_ATTR_NOSYSTEM"] = "1";
        start.Environment["GIT_ALLOW_PROTOCOL"] = "none";
        start.Environment["GIT_NO_LAZY_FETCH"] = "1";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["LC_ALL"] = "C";
        foreach (string argument in (string[])[.. Switches, "--git-dir=" + gitDirectory, .. arguments])
            start.ArgumentList.Add(argument);
        try
        {
            Process process = Process.Start(start)!;

            // Nobody reads what it complains of, and a full pipe would stop it.
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            return process;
        }
        catch (Win32Exception error)
        {
            throw new ReciteException($"{Printable.Show(label)} is a git repository, and the program git, which lists its tracked files, cannot be started: install git, or read the folder as it is with --git off.", error);
        }
    }

    /// <summary>Ends a command, whatever it is doing.</summary>
    public static void End(Process process)
    {
        using (process)
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
