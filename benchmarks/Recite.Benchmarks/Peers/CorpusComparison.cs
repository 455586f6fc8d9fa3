using System.Globalization;
using System.Text.Json;
using Recite.Benchmarks.SideBySide;
using Recite.Indexing.Corpora;

namespace Recite.Benchmarks.Peers;

/// <summary>
/// Every engine on one corpus, one after the other in one run: builds, then the same queries, then the check that all answers are
/// equal. A difference ends the run before any figure is written.
/// </summary>
/// <param name="drivers">The other engines.</param>
/// <param name="folder">Room for texts, a suffix array and one index at a time: about nine times the corpus.</param>
internal sealed class CorpusComparison(PeerDriver drivers, string folder)
{
    private const int StageRounds = 5;
    private const int BuildRounds = 3;
    private const int TraceRounds = 3;
    private const int SuffixRounds = 2;
    private const int FmQueries = 200;
    private const int FmGuarantee = 64;
    private static readonly int[] Guarantees = [64, 128, 200];

    // All are tried on the peer's behalf, and the quickest counts.
    private static readonly int[] SuffixGrams = [24, 32, 48];

    private static readonly string Recite = Path.Combine("artifacts", "bin", "Recite.Cli", "release", "Recite.Cli");

    private int _rounds = StageRounds;

    private string ArrayFile => Path.Combine(folder, "suffixes.sa");

    private string FmFile => Path.Combine(folder, "text.fm");

    /// <param name="name">Name for the report.</param>
    /// <param name="path">JSON Lines.</param>
    /// <param name="withFm">Whether the FM-index and the floor are measured too: once is enough.</param>
    /// <param name="memory">What <c>--memory</c> is given; null leaves it out.</param>
    /// <param name="quickly">One build and one round of everything: for what takes long.</param>
    public CorpusFigures Run(string name, string path, bool withFm, string? memory, bool quickly = false)
    {
        Console.Error.WriteLine($"== {name}");
        _rounds = quickly ? 1 : StageRounds;
        PeerCorpus corpus = PeerCorpus.Export(path, folder);
        string? refusal = WhyNoSuffixArray(corpus);
        if (refusal is not null)
            Console.Error.WriteLine($"  NOT RUN: libdivsufsort: {refusal}");

        // Ours before and after theirs: a machine that others slow down for a while shows itself in the difference.
        JsonElement[] before = [.. Guarantees.Select(guarantee => IndexStage(corpus, guarantee))];
        JsonElement? array = refusal is null ? drivers.Run("suffix_array", "build", corpus.Normalized, ArrayFile) : null;
        JsonElement? fm = withFm ? drivers.Run("fm_index", "build", corpus.Normalized, FmFile) : null;
        JsonElement[] after = [.. Guarantees.Select(guarantee => IndexStage(corpus, guarantee))];

        var figures = new CorpusFigures
        {
            Name = name,
            JsonLinesBytes = new FileInfo(corpus.JsonLines).Length,
            TextBytes = corpus.TextBytes,
            NormalizedBytes = corpus.NormalizedBytes,
            SuffixArray = array is { } built ? Stage(built) : null,
            NoSuffixArray = refusal,
            FmIndex = fm is { } indexed ? Stage(indexed) : null,
            Guarantees = [.. Guarantees.Select((guarantee, i) => Compare(corpus, guarantee, before[i], after[i], refusal is null, memory))],
        };
        if (!withFm)
            return figures;
        return figures with { FmCount = CountByFm(corpus), Floor = Floor(corpus, figures.Guarantees[0].Raw) };
    }

    private static string? WhyNoSuffixArray(PeerCorpus corpus)
    {
        const int BytesPerCharacter = 5;
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (corpus.NormalizedBytes > int.MaxValue)
            return Inv($"{corpus.NormalizedBytes} bytes of normalized text are more than the 2 GiB of its 32-bit arrays");
        return corpus.NormalizedBytes * BytesPerCharacter > available
            ? Inv($"{corpus.NormalizedBytes} bytes of normalized text need five times as much memory, and this machine has {available}")
            : null;
    }

    private GuaranteeFigures Compare(PeerCorpus corpus, int guarantee, JsonElement before, JsonElement after, bool withArray, string? memory)
    {
        BuildFigures raw = Build(corpus, guarantee, "raw", memory);
        BuildFigures zstd = Build(corpus, guarantee, "zstd", memory);
        SpanSet ours = Spans(guarantee, "raw");
        Spans(guarantee, "zstd").MustEqual(ours, Inv($"g = {guarantee}: the compressed store beside the raw one"));

        StageFigures stage = Stage(after);
        var figures = new GuaranteeFigures
        {
            Guarantee = guarantee,
            IndexStage = stage with { CpuSeconds = (Number(before, "cpuSeconds") + stage.CpuSeconds) / 2, WallSeconds = (Number(before, "wallSeconds") + stage.WallSeconds) / 2 },
            ColdCpuSeconds = Number(before, "coldCpuSeconds"),
            Raw = raw,
            Zstd = zstd,
            OutermostSpans = ours.Count,
        };
        if (!withArray)
            return figures;

        TraceFigures full = Search(corpus, guarantee, "full", SuffixGrams[0], ours);
        (int gram, TraceFigures sampled) = SuffixGrams
            .Where(size => size < guarantee)
            .Select(size => (size, Search(corpus, guarantee, "sampled", size, ours)))
            .MinBy(tried => tried.Item2.All.Mean);
        return figures with { SuffixFull = full, SuffixSampled = sampled, SuffixSampledGram = gram };
    }

    private JsonElement IndexStage(PeerCorpus corpus, int guarantee) =>
        PeerDriver.RunOurs("index-stage", corpus.Normalized, Inv($"{guarantee}"), Path.Combine(folder, "stage"), Inv($"{_rounds}"));

    private BuildFigures Build(PeerCorpus corpus, int guarantee, string store, string? memory)
    {
        string index = Path.Combine(folder, Inv($"g{guarantee}-{store}.rix"));
        string[] arguments = ["index", "build", corpus.JsonLines, "-o", index, "--guarantee", Inv($"{guarantee}"), "--store", store, "--no-progress", .. memory is null ? Array.Empty<string>() : ["--memory", memory]];
        MeasuredProcess[] builds = [.. Enumerable.Range(0, Math.Min(BuildRounds, _rounds)).Select(_ => Succeed(MeasuredProcess.Run(Recite, arguments)))];
        MeasuredProcess build = builds.OrderBy(run => run.CpuSeconds).ElementAt(builds.Length / 2);
        MeasuredProcess verify = Succeed(MeasuredProcess.Run(Recite, "index", "verify", index));
        string output = Path.Combine(folder, Inv($"ours-{guarantee}-{store}"));
        JsonElement trace = PeerDriver.RunOurs("trace", index, corpus.Queries, Inv($"{TraceRounds}"), output);
        (Dictionary<string, long> parts, int segments) = Parts(index);
        Directory.Delete(index, recursive: true);
        var stage = new StageFigures(build.CpuSeconds, build.WallSeconds, parts.Values.Sum(), builds.Max(run => run.PeakBytes));
        return new BuildFigures(stage, MemoryBytes(memory), verify.CpuSeconds, parts, segments, Times(corpus, output, trace));
    }

    private static (Dictionary<string, long> Bytes, int Segments) Parts(string path)
    {
        using CorpusIndex index = CorpusIndex.Open(path);
        return (index.Manifest.Segments.SelectMany(segment => segment.Parts).GroupBy(part => part.Name, StringComparer.Ordinal).ToDictionary(part => part.Key, part => part.Sum(file => file.Bytes), StringComparer.Ordinal), index.Manifest.Segments.Count);
    }

    private TraceFigures Search(PeerCorpus corpus, int guarantee, string how, int gram, SpanSet ours)
    {
        string output = Path.Combine(folder, Inv($"suffix-{guarantee}-{how}-{gram}"));
        JsonElement searched = drivers.Run("suffix_array", "search", corpus.Normalized, ArrayFile, corpus.Queries, Inv($"{guarantee}"), Inv($"{gram}"), how, Inv($"{SuffixRounds}"), output);
        ours.MustEqual(SpanSet.Read(output + ".spans"), Inv($"g = {guarantee}: Recite beside the suffix array ({how})"));
        return Times(corpus, output, searched);
    }

    // A window stands in the text exactly when it lies inside one of the outermost spans of at least its length.
    private TraceFigures CountByFm(PeerCorpus corpus)
    {
        string output = Path.Combine(folder, "fm");
        JsonElement counted = drivers.Run("fm_index", "count", FmFile, corpus.Queries, Inv($"{FmGuarantee}"), Inv($"{FmQueries}"), output);
        HashSet<(int, int)> windows = [.. File.ReadLines(output + ".windows").Select(line => line.Split(' ')).Select(fields => (Parse(fields[0]), Parse(fields[1])))];
        if (!windows.SetEquals(Spans(FmGuarantee, "raw").Windows(FmGuarantee, FmQueries)))
            throw new InvalidOperationException("the FM-index finds other windows than Recite; no ratio is printed");
        return Times(corpus, output, counted);
    }

    private StageFigures Floor(PeerCorpus corpus, BuildFigures like) =>
        Stage(drivers.Run("floor", corpus.JsonLines, Path.Combine(folder, "floor"), Inv($"{like.Parts.Values.Sum()}")));

    private SpanSet Spans(int guarantee, string store) => SpanSet.Read(Path.Combine(folder, Inv($"ours-{guarantee}-{store}.spans")));

    private static TraceFigures Times(PeerCorpus corpus, string output, JsonElement figures)
    {
        double[] microseconds = [.. File.ReadLines(output + ".times").Select(line => double.Parse(line, CultureInfo.InvariantCulture) / 1000)];
        QueryTimes Of(Func<QueryKind, bool> wanted)
        {
            double[] chosen = [.. microseconds.Where((_, i) => wanted(corpus.Kinds[i]))];
            return chosen.Length == 0 ? new QueryTimes(double.NaN, double.NaN, double.NaN, double.NaN) : QueryTimes.Of(chosen);
        }

        return new TraceFigures(
            Of(_ => true), Of(kind => kind == QueryKind.HeldOut), Of(kind => kind == QueryKind.Planted), Of(kind => kind == QueryKind.Verbatim),
            figures.GetProperty("peakBytes").GetInt64());
    }

    private static StageFigures Stage(JsonElement figures) => new(
        Number(figures, "cpuSeconds"), Number(figures, "wallSeconds"),
        figures.TryGetProperty("indexBytes", out JsonElement bytes) ? bytes.GetInt64() : 0,
        figures.GetProperty("peakBytes").GetInt64());

    private static MeasuredProcess Succeed(MeasuredProcess run) =>
        run.ExitCode == 0 ? run : throw new InvalidOperationException($"Recite ended with {run.ExitCode}");

    private static long MemoryBytes(string? memory) => memory is null ? 0 : long.Parse(memory.TrimEnd('M', 'G'), CultureInfo.InvariantCulture) << (memory.EndsWith('G') ? 30 : 20);

    private static double Number(JsonElement figures, string name) => figures.GetProperty(name).GetDouble();

    private static int Parse(string number) => int.Parse(number, CultureInfo.InvariantCulture);

    private static string Inv(FormattableString text) => FormattableString.Invariant(text);
}
