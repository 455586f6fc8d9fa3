using System.Globalization;
using System.Text.Json;
using Recite.Benchmarks.SideBySide;
using Recite.Indexing.Corpora;

namespace Recite.Benchmarks.Peers;

/// <summary>Recite's own commands as a user gives them, each in a process of its own, and what they left behind.</summary>
internal static class ReciteRuns
{
    private static readonly string Program = Path.Combine("artifacts", "bin", "Recite.Cli", "release", "Recite.Cli");

    /// <param name="jsonLines">The documents.</param>
    /// <param name="index">Where the index goes.</param>
    /// <param name="guarantee">What <c>--guarantee</c> is given.</param>
    /// <param name="store">What <c>--store</c> is given.</param>
    /// <param name="memory">What <c>--memory</c> is given; null leaves it out.</param>
    public static MeasuredProcess Build(string jsonLines, string index, int guarantee, string store, string? memory) => Succeed(
        ["index", "build", jsonLines, "-o", index, "--guarantee", Inv($"{guarantee}"), "--store", store, "--no-progress", .. Memory(memory)]);

    public static MeasuredProcess Add(string jsonLines, string index, string? memory) => Succeed(["index", "add", index, jsonLines, "--no-progress", .. Memory(memory)]);

    public static MeasuredProcess Verify(string index) => Succeed(["index", "verify", index]);

    /// <summary>Queries against an index; their times and spans go to files that begin with <paramref name="output"/>.</summary>
    public static JsonElement Trace(string index, string queries, int rounds, string output) =>
        PeerDriver.RunOurs("trace", index, queries, Inv($"{rounds}"), output);

    public static (Dictionary<string, long> Bytes, int Segments) Parts(string path)
    {
        using CorpusIndex index = CorpusIndex.Open(path);
        Dictionary<string, long> bytes = index.Manifest.Segments.SelectMany(segment => segment.Parts)
            .GroupBy(part => part.Name, StringComparer.Ordinal)
            .ToDictionary(part => part.Key, part => part.Sum(file => file.Bytes), StringComparer.Ordinal);
        BuildFigures.RequireKnown(bytes.Keys);
        return (bytes, index.Manifest.Segments.Count);
    }

    /// <summary>What an option like <c>512M</c> means; 0 when it was left out.</summary>
    public static long MemoryBytes(string? memory) =>
        memory is null ? 0 : long.Parse(memory.TrimEnd('M', 'G'), CultureInfo.InvariantCulture) << (memory.EndsWith('G') ? 30 : 20);

    private static IEnumerable<string> Memory(string? memory) => memory is null ? [] : ["--memory", memory];

    private static MeasuredProcess Succeed(IEnumerable<string> arguments)
    {
        Console.Error.WriteLine($"  recite {string.Join(' ', arguments.Take(3).Select(Path.GetFileName))}");
        MeasuredProcess run = MeasuredProcess.Run(Program, arguments);
        return run.ExitCode == 0 ? run : throw new InvalidOperationException($"recite {string.Join(' ', arguments)} ended with {run.ExitCode}: {run.Output}");
    }

    private static string Inv(FormattableString text) => FormattableString.Invariant(text);
}
