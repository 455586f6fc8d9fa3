using System.Diagnostics;
using System.Text.Json;

namespace Recite.Benchmarks.Peers;

/// <summary>Programs that print their figures as one line of JSON: the drivers of other engines, and this program itself.</summary>
/// <param name="folder">Where <c>benchmarks/peers/build</c> put the drivers.</param>
internal sealed class PeerDriver(string folder)
{
    public JsonElement Run(string driver, params IEnumerable<string> arguments) => Start(Path.Combine(folder, driver), arguments);

    /// <summary>Runs another command of this program in a process of its own, so that memory and CPU are that command's alone.</summary>
    public static JsonElement RunOurs(params IEnumerable<string> arguments) => Start(Environment.ProcessPath!, arguments);

    private static JsonElement Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        Console.Error.WriteLine($"  {Path.GetFileName(program)} {string.Join(' ', start.ArgumentList.Take(3).Select(Path.GetFileName))}");
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"cannot start {program}");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {process.ExitCode}");
        return output.Length == 0 ? default : JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
    }
}
