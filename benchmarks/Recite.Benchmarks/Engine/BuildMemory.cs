using System.Globalization;
using Recite.Benchmarks.SideBySide;

namespace Recite.Benchmarks.Engine;

/// <summary>
/// <c>memory CORPUS.jsonl FOLDER</c>: the peak memory of whole builds by the command line, beside the memory that each was given, and whether
/// all of them wrote the same bytes.
/// </summary>
internal static class BuildMemory
{
    private const double Mebibyte = 1 << 20;

    private static readonly string s_recite = Path.Combine("artifacts", "bin", "Recite.Cli", "release", "Recite.Cli");

    public static int Run(string corpus, string folder)
    {
        Directory.CreateDirectory(folder);
        string index = Path.Combine(folder, "memory.rix");
        bool holds = true;
        foreach (string store in (string[])["raw", "zstd"])
        {
            var manifests = new HashSet<string>(StringComparer.Ordinal);
            foreach (long? limit in (long?[])[256L << 20, 1L << 30, null])
            {
                string[] memory = limit is { } bytes ? ["--memory", string.Create(CultureInfo.InvariantCulture, $"{bytes}")] : [];
                MeasuredProcess build = MeasuredProcess.Run(s_recite, ["index", "build", corpus, "-o", index, "--store", store, "--no-progress", .. memory]);
                if (build.ExitCode != 0)
                    throw new InvalidOperationException($"the build failed: {build.Output}");
                manifests.Add(File.ReadAllText(Path.Combine(index, "manifest.json")));
                holds &= limit is null || build.PeakBytes <= limit;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{store,-5} limit {(limit is { } given ? $"{given / Mebibyte:F0} MiB" : "default"),9}  peak {build.PeakBytes / Mebibyte,6:F0} MiB  {build.CpuSeconds,7:F2} CPU s  {build.WallSeconds,7:F2} s wall"));
                Directory.Delete(index, recursive: true);
            }

            if (manifests.Count != 1)
                throw new InvalidOperationException("the index depends on the memory it was built in");
        }

        Console.WriteLine(holds ? "every peak is within its limit" : "a peak is beyond its limit");
        return holds ? 0 : 1;
    }
}
