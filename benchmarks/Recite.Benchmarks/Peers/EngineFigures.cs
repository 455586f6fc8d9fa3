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

    /// <summary>CPU of sdsl for counting every window of the guarantee, one query.</summary>
    public TraceFigures? FmCount { get; init; }

    public required IReadOnlyList<GuaranteeFigures> Guarantees { get; init; }
}

/// <summary>One step of a build.</summary>
internal sealed record StageFigures(double CpuSeconds, double WallSeconds, long IndexBytes, long PeakBytes);

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
/// <param name="Trace">Queries against it.</param>
internal sealed record BuildFigures(
    StageFigures Build, long MemoryLimitBytes, double VerifyCpuSeconds, IReadOnlyDictionary<string, long> Parts, int Segments, TraceFigures Trace)
{
    private static readonly string[] TextParts = ["text", "norm", "blocks"];
    private static readonly string[] DocumentParts = ["docs", "names"];

    public long TextBytes => TextParts.Sum(name => Parts.GetValueOrDefault(name));

    public long DocumentBytes => DocumentParts.Sum(name => Parts.GetValueOrDefault(name));

    /// <summary>Postings, directory and heavy lists: whatever is neither text nor document table.</summary>
    public long IndexBytes => Parts.Values.Sum() - TextBytes - DocumentBytes;
}

/// <summary>CPU time of single queries in microseconds.</summary>
internal sealed record TraceFigures(QueryTimes All, QueryTimes HeldOut, QueryTimes Planted, QueryTimes Verbatim, long PeakBytes);

/// <summary>Quantiles over queries.</summary>
internal sealed record QueryTimes(double Mean, double P50, double P99, double Max)
{
    public static QueryTimes Of(IEnumerable<double> microseconds)
    {
        double[] sorted = [.. microseconds.Order()];
        return new QueryTimes(sorted.Average(), sorted[sorted.Length / 2], sorted[Math.Min(sorted.Length - 1, sorted.Length * 99 / 100)], sorted[^1]);
    }
}
