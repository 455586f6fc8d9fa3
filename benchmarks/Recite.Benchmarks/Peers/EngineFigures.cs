using System.Globalization;
using System.Text.Json;
using Recite.Benchmarks.SideBySide;

namespace Recite.Benchmarks.Peers;

/// <summary>All that one run of <c>benchmarks/run --engine</c> measured; <c>engine.json</c>.</summary>
/// <param name="Processor">Name of the processor.</param>
/// <param name="Versions">Peers and their versions, one a line.</param>
/// <param name="Corpora">The main corpus first.</param>
internal sealed record EngineFigures(string Processor, IReadOnlyList<string> Versions, IReadOnlyList<CorpusFigures> Corpora);

/// <summary>What was measured on one corpus. CPU is user and system time of all threads.</summary>
internal sealed record CorpusFigures
{
    public required string Name { get; init; }

    public required long JsonLinesBytes { get; init; }

    public required long TextBytes { get; init; }

    public required long NormalizedBytes { get; init; }

    /// <summary>Reads the JSON Lines, looks at every byte, writes as many bytes.</summary>
    public StageFigures? Floor { get; init; }

    /// <summary>libdivsufsort from normalized text in memory to the array in memory; absent where it cannot run.</summary>
    public StageFigures? SuffixArray { get; init; }

    /// <summary>Why there is no suffix array.</summary>
    public string? NoSuffixArray { get; init; }

    /// <summary>sdsl from the normalized text on disk to its FM-index in memory.</summary>
    public StageFigures? FmIndex { get; init; }

    /// <summary>Steps of a build by themselves.</summary>
    public IReadOnlyList<StepFigures> Steps { get; init; } = [];

    /// <summary>ripgrep, scanning for some windows of each query.</summary>
    public TraceFigures? Ripgrep { get; init; }

    /// <summary>CPU of sdsl for counting every window of the guarantee, one query.</summary>
    public TraceFigures? FmCount { get; init; }

    public required IReadOnlyList<GuaranteeFigures> Guarantees { get; init; }
}

/// <summary>One step of a build by itself, on one thread.</summary>
internal sealed record StepFigures(string Name, double CpuSeconds);

/// <summary>One stage of a build, measured as a whole.</summary>
internal sealed record StageFigures(double CpuSeconds, double WallSeconds, long IndexBytes, long PeakBytes)
{
    /// <summary>What a driver printed.</summary>
    public static StageFigures Of(JsonElement figures) => new(
        figures.GetProperty("cpuSeconds").GetDouble(), figures.GetProperty("wallSeconds").GetDouble(),
        figures.TryGetProperty("indexBytes", out JsonElement bytes) ? bytes.GetInt64() : 0,
        figures.GetProperty("peakBytes").GetInt64());

    public static StageFigures Of(MeasuredProcess process, long indexBytes) => new(process.CpuSeconds, process.WallSeconds, indexBytes, process.PeakBytes);
}

/// <summary>Recite at one guarantee, and suffix arrays asked the same.</summary>
internal sealed record GuaranteeFigures
{
    public required int Guarantee { get; init; }

    /// <summary>Normalized text in memory to index on disk.</summary>
    public required StageFigures IndexStage { get; init; }

    /// <summary>CPU of the stage's first round, compiling while running.</summary>
    public required double ColdCpuSeconds { get; init; }

    public required BuildFigures Raw { get; init; }

    public required BuildFigures Zstd { get; init; }

    public TraceFigures? SuffixFull { get; init; }

    public TraceFigures? SuffixSampled { get; init; }

    /// <summary>Bytes of the k-gram with which the sampled search was quickest.</summary>
    public int SuffixSampledGram { get; init; }

    public required int OutermostSpans { get; init; }
}

/// <summary>JSON Lines on disk to a committed index, by the command itself.</summary>
/// <param name="Build">The command, start of the runtime included.</param>
/// <param name="MemoryLimitBytes">What <c>--memory</c> said; 0 when it was left out.</param>
/// <param name="VerifyCpuSeconds"><c>index verify</c>.</param>
/// <param name="Parts">Bytes by part.</param>
/// <param name="Segments">Segments, each of which a query is asked in.</param>
/// <param name="Trace">Queries for the outermost spans, which is what a suffix array is asked for.</param>
/// <param name="Maximal">Queries for all maximal spans, inner ones too.</param>
internal sealed record BuildFigures(
    StageFigures Build, long MemoryLimitBytes, double VerifyCpuSeconds, IReadOnlyDictionary<string, long> Parts, int Segments, TraceFigures Trace, TraceFigures Maximal)
{
    private static readonly string[] TextParts = ["text", "norm", "blocks"];
    private static readonly string[] DocumentParts = ["docs", "names", "keys", "copies", "removed"];

    /// <summary>Parts of the index in the stricter sense: what finds k-grams.</summary>
    public static IReadOnlyList<string> IndexParts { get; } = ["dir", "prints", "slots", "heavy"];

    public long TextBytes => Sum(TextParts);

    public long DocumentBytes => Sum(DocumentParts);

    /// <summary>Postings, directory and heavy lists.</summary>
    public long IndexBytes => Sum(IndexParts);

    public long AllBytes => Parts.Values.Sum();

    /// <exception cref="InvalidOperationException">There is a part that this program does not know: it would be counted nowhere.</exception>
    public static void RequireKnown(IEnumerable<string> parts)
    {
        string[] unknown = [.. parts.Except([.. TextParts, .. DocumentParts, .. IndexParts], StringComparer.Ordinal)];
        if (unknown.Length > 0)
            throw new InvalidOperationException($"parts of the index that are counted nowhere: {string.Join(", ", unknown)}");
    }

    private long Sum(IEnumerable<string> names) => names.Sum(name => Parts.GetValueOrDefault(name));
}

/// <summary>CPU time of single queries in microseconds.</summary>
internal sealed record TraceFigures(QueryTimes All, QueryTimes HeldOut, QueryTimes Planted, QueryTimes Verbatim, long PeakBytes)
{
    /// <summary>Reads what <c>trace</c> or another engine's driver left behind.</summary>
    public static TraceFigures Read(IReadOnlyList<QueryKind> kinds, string output, JsonElement figures) => Of(
        [.. File.ReadLines(output + ".times").Select((line, i) => (kinds[i], double.Parse(line, CultureInfo.InvariantCulture) / 1000))],
        figures.GetProperty("peakBytes").GetInt64());

    public static TraceFigures Of(IReadOnlyCollection<(QueryKind Kind, double Microseconds)> times, long peakBytes)
    {
        QueryTimes Times(Func<QueryKind, bool> wanted) => QueryTimes.Of(times.Where(time => wanted(time.Kind)).Select(time => time.Microseconds));
        return new TraceFigures(
            Times(_ => true), Times(kind => kind == QueryKind.HeldOut), Times(kind => kind == QueryKind.Planted), Times(kind => kind == QueryKind.Verbatim), peakBytes);
    }
}

/// <summary>Quantiles over queries.</summary>
internal sealed record QueryTimes(double Mean, double P50, double P99, double Max)
{
    public static QueryTimes Of(IEnumerable<double> microseconds)
    {
        double[] sorted = [.. microseconds.Order()];
        if (sorted.Length == 0)
            return new QueryTimes(double.NaN, double.NaN, double.NaN, double.NaN);
        return new QueryTimes(sorted.Average(), sorted[sorted.Length / 2], sorted[Math.Min(sorted.Length - 1, sorted.Length * 99 / 100)], sorted[^1]);
    }
}
