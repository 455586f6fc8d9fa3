using System.Diagnostics;
using Recite.Testing;

namespace Recite.EndToEnd.Kills;

/// <summary>A run of the program that was killed, or came to its end first.</summary>
/// <param name="WasRunning">Whether the kill met a living process.</param>
/// <param name="ExitCode">What the system says of it; 137 for SIGKILL.</param>
internal sealed record KilledProcess(bool WasRunning, int ExitCode)
{
    private const int ExitCodeOfSigKill = 128 + 9;

    /// <summary>Starts the program and sends SIGKILL after a delay.</summary>
    public static Task<KilledProcess> RunAsync(IEnumerable<string> arguments, TimeSpan delay, string? workingDirectory, CancellationToken cancellationToken) =>
        RunAsync(arguments, _ => Task.Delay(delay, cancellationToken), workingDirectory, cancellationToken);

    /// <summary>Starts the program, waits for a moment, and sends SIGKILL: no handler, no finally, no flush runs.</summary>
    public static async Task<KilledProcess> RunAsync(
        IEnumerable<string> arguments, Func<Process, Task> moment, string? workingDirectory, CancellationToken cancellationToken)
    {
        using Process process = ReciteProcess.Launch(ReciteProcess.Program, workingDirectory ?? Repository.Root, arguments);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await moment(process);
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
        string said = await output + await errors;
        bool wasRunning = process.ExitCode == ExitCodeOfSigKill;
        Assert.True(wasRunning || process.ExitCode == 0, $"The process ended by itself with {process.ExitCode}: {said}");
        return new KilledProcess(wasRunning, process.ExitCode);
    }
}
