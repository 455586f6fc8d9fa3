using System.Diagnostics;

namespace Recite.Testing.Processes;

/// <summary>What a program left behind.</summary>
public sealed record ProgramResult(int ExitCode, string Output, string Errors);

/// <summary>The built command line, run as a user runs it: a real process, real streams, a real exit code.</summary>
public static class ReciteProgram
{
    /// <summary>The app host that was built in the same configuration as the tests.</summary>
    public static string Path { get; } = System.IO.Path.Combine(
        Repository.Root, "artifacts", "bin", "Recite.Cli", AppContext.BaseDirectory.Contains($"{System.IO.Path.DirectorySeparatorChar}release", StringComparison.Ordinal) ? "release" : "debug", "Recite.Cli");

    /// <summary>Starts the program; its streams are redirected, and no variable of the caller's machine that names a key is passed on.</summary>
    public static Process Start(IEnumerable<string> arguments, string? workingDirectory = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = workingDirectory ?? Repository.Root,
        };
        foreach (string name in (string[])["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "OPENAI_BASE_URL", "ANTHROPIC_BASE_URL", "RECITE_API_KEY"])
            start.Environment.Remove(name);
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"cannot start {Path}");
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<ProgramResult> RunAsync(
        IEnumerable<string> arguments, string? input = null, string? workingDirectory = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        using Process process = Start(arguments, workingDirectory, environment);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (input is not null)
            await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new ProgramResult(process.ExitCode, await output, await errors);
    }
}
