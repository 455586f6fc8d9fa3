using System.Globalization;
using System.Text.Json;
using Recite.Benchmarks.SideBySide;

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

    private string ArrayFile => Path.Combine(folder, "suffixes.sa");

    private string FmFile => Path.Combine(folder, "text.fm");

    /// <param name="name">Name for the report.</param>
    /// <param name="path">JSON Lines.</param>
    /// <param name="withFm">Whether the FM-index, ripgrep, the floor and the steps of a build are measured too: once is enough.</param>
    /// <param name="memory">What <c>--memory</c> is given; null leaves it out.</param>
    public CorpusFigures Run(string name, string path, bool withFm, string? memory)
    {
        Console.Error.WriteLine($"== {name}");
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
            SuffixArray = array is { } built ? StageFigures.Of(built) : null,
            NoSuffixArray = refusal,
            FmIndex = fm is { } indexed ? StageFigures.Of(indexed) : null,
            Guarantees = [.. Guarantees.Select((guarantee, i) => Compare(corpus, guarantee, before[i], after[i], refusal is null, memory))],
        };
        if (!withFm)
            return figures;
        return figures with
        {
            FmCount = CountByFm(corpus),
            Floor = Floor(corpus, figures.Guarantees[0].Raw),
            Ripgrep = new RipgrepSearch(folder).Run(corpus, Spans(FmGuarantee, "raw"), FmGuarantee),
            Steps = Steps(corpus),
        };
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

        StageFigures stage = StageFigures.Of(after);
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
        PeerDriver.RunOurs("index-stage", corpus.Normalized, Inv($"{guarantee}"), Path.Combine(folder, "stage"), Inv($"{StageRounds}"));

    private BuildFigures Build(PeerCorpus corpus, int guarantee, string store, string? memory)
    {
        string index = Path.Combine(folder, Inv($"g{guarantee}-{store}.rix"));
        MeasuredProcess[] builds = [.. Enumerable.Range(0, BuildRounds).Select(_ => ReciteRuns.Build(corpus.JsonLines, index, guarantee, store, memory))];
        MeasuredProcess build = builds.OrderBy(run => run.CpuSeconds).ElementAt(builds.Length / 2);
        MeasuredProcess verify = ReciteRuns.Verify(index);
        string output = Path.Combine(folder, Inv($"ours-{guarantee}-{store}"));
        JsonElement trace = ReciteRuns.Trace(index, corpus.Queries, TraceRounds, output);
        (Dictionary<string, long> parts, int segments) = ReciteRuns.Parts(index);
        Directory.Delete(index, recursive: true);
        var stage = new StageFigures(build.CpuSeconds, build.WallSeconds, parts.Values.Sum(), builds.Max(run => run.PeakBytes));
        return new BuildFigures(
            stage, ReciteRuns.MemoryBytes(memory), verify.CpuSeconds, parts, segments,
            TraceFigures.Read(corpus.Kinds, output, trace), TraceFigures.Read(corpus.Kinds, output + ".maximal", trace));
    }

    private TraceFigures Search(PeerCorpus corpus, int guarantee, string how, int gram, SpanSet ours)
    {
        string output = Path.Combine(folder, Inv($"suffix-{guarantee}-{how}-{gram}"));
        JsonElement searched = drivers.Run("suffix_array", "search", corpus.Normalized, ArrayFile, corpus.Queries, Inv($"{guarantee}"), Inv($"{gram}"), how, Inv($"{SuffixRounds}"), output);
        ours.MustEqual(SpanSet.Read(output + ".spans"), Inv($"g = {guarantee}: Recite beside the suffix array ({how})"));
        return TraceFigures.Read(corpus.Kinds, output, searched);
    }

    // A window stands in the text exactly when it lies inside one of the outermost spans of at least its length.
    private TraceFigures CountByFm(PeerCorpus corpus)
    {
        string output = Path.Combine(folder, "fm");
        JsonElement counted = drivers.Run("fm_index", "count", FmFile, corpus.Queries, Inv($"{FmGuarantee}"), Inv($"{FmQueries}"), output);
        HashSet<(int, int)> windows = [.. File.ReadLines(output + ".windows").Select(line => line.Split(' ')).Select(fields => (Parse(fields[0]), Parse(fields[1])))];
        if (!windows.SetEquals(Spans(FmGuarantee, "raw").Windows(FmGuarantee, FmQueries)))
            throw new InvalidOperationException("the FM-index finds other windows than Recite; no ratio is printed");
        return TraceFigures.Read(corpus.Kinds, output, counted);
    }

    private StageFigures Floor(PeerCorpus corpus, BuildFigures like) =>
        StageFigures.Of(drivers.Run("floor", corpus.JsonLines, Path.Combine(folder, "floor"), Inv($"{like.Parts.Values.Sum()}")));

    private static StepFigures[] Steps(PeerCorpus corpus) =>
        PeerDriver.RunOurs("build-steps", corpus.JsonLines).Deserialize<StepFigures[]>() ?? throw new InvalidOperationException("no step was measured");

    private SpanSet Spans(int guarantee, string store) => SpanSet.Read(Path.Combine(folder, Inv($"ours-{guarantee}-{store}.spans")));

    private static double Number(JsonElement figures, string name) => figures.GetProperty(name).GetDouble();

    private static int Parse(string number) => int.Parse(number, CultureInfo.InvariantCulture);

    private static string Inv(FormattableString text) => FormattableString.Invariant(text);
}
