using System.Diagnostics;
using Recite.Testing;

namespace Recite.EndToEnd;

/// <summary>The built program, started as its users start it.</summary>
internal sealed class ReciteProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private ReciteProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The app host of the same configuration as this test.</summary>
    public static string Program { get; } =
        Repository.At($"artifacts/bin/Recite.Cli/{new DirectoryInfo(AppContext.BaseDirectory).Name}/Recite.Cli");

    /// <summary>Runs a command to its end.</summary>
    public static Task<ReciteResult> RunAsync(string folder, params string[] arguments) => RunAsync(folder, "", arguments);

    /// <summary>Runs a command to its end with something on standard input.</summary>
    public static async Task<ReciteResult> RunAsync(string folder, string input, string[] arguments)
    {
        using ReciteProcess process = Start(folder, arguments);
        await process._process.StandardInput.WriteAsync(input);
        process._process.StandardInput.Close();
        return await process.WaitAsync();
    }

    /// <summary>Runs a line of POSIX shell in which <c>recite</c> is the program.</summary>
    public static async Task<ReciteResult> ShellAsync(string folder, string line, string shell = "/bin/sh")
    {
        using var process = new ReciteProcess(Launch(shell, folder, ["-c", $"recite() {{ \"{Program}\" \"$@\"; }}\n{line}"]));
        process._process.StandardInput.Close();
        return await process.WaitAsync();
    }

    /// <summary>Starts a command and lets it run.</summary>
    public static ReciteProcess Start(string folder, params string[] arguments) => new(Launch(Program, folder, arguments));

    /// <summary>Starts any program in a folder, without the variables that would change what Recite does.</summary>
    public static Process Launch(string program, string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string variable in start.Environment.Keys.Where(name => name.StartsWith("RECITE_", StringComparison.Ordinal) || name.EndsWith("_API_KEY", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(variable);
        return Process.Start(start)!;
    }

    /// <summary>Sends a signal, as a terminal or a supervisor would.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("/bin/kill", ["-s", name, $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Whether it has ended by itself.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Waits for the end.</summary>
    public async Task<ReciteResult> WaitAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(stop.Token);
        return new ReciteResult(_process.ExitCode, await _output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}

/// <summary>What a command left behind.</summary>
internal sealed record ReciteResult(int ExitCode, string Output, string Error)
{
    /// <summary>Asserts that the command failed as a user may see it: the code, and one sentence without a stack trace.</summary>
    public string Sentence(int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"exit code {ExitCode}: {Error}{Output}");
        string line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), text => text.StartsWith("recite: ", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", line, StringComparison.Ordinal);
        Assert.Matches("[.?!]$|-o .+$", line);
        return line;
    }

    /// <summary>Asserts that the command did what it was asked to.</summary>
    public string Success()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}{Output}");
        return Output;
    }
}
