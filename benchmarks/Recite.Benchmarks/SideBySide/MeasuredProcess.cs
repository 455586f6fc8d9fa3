using System.Diagnostics;
using System.Globalization;

namespace Recite.Benchmarks.SideBySide;

/// <summary>A program that ran to its end: what it printed, how long it took and how much memory it held at its peak.</summary>
internal sealed record MeasuredProcess(int ExitCode, string Output, double WallSeconds, double CpuSeconds, long PeakBytes)
{
    private const string Mark = "recite-time ";

    /// <summary>Runs a program under GNU time, whose figures include every thread and child.</summary>
    public static MeasuredProcess Run(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/time", ["-f", Mark + "%e %U %S %M", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"cannot start {program}");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string[] figures = errors.Result.Split('\n').LastOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal))?[Mark.Length..].Split(' ')
            ?? throw new InvalidOperationException($"{program} was not measured: {errors.Result}");
        double Seconds(int field) => double.Parse(figures[field], CultureInfo.InvariantCulture);
        return new MeasuredProcess(process.ExitCode, output, Seconds(0), Seconds(1) + Seconds(2), long.Parse(figures[3], CultureInfo.InvariantCulture) * 1024);
    }
}
