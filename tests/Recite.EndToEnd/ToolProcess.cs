using System.Diagnostics;

namespace Recite.EndToEnd;

/// <summary>A program that is not ours (a compiler, a package manager), run to its end and killed with its children when that takes too long.</summary>
internal static class ToolProcess
{
    /// <summary>Runs it in a folder without input.</summary>
    public static async Task<ReciteResult> RunAsync(TimeSpan patience, string program, string folder, params string[] arguments)
    {
        using Process process = ReciteProcess.Launch(program, folder, arguments);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(patience);
        try
        {
            await process.WaitForExitAsync(stop.Token);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        return new ReciteResult(process.ExitCode, await output, await error);
    }
}
