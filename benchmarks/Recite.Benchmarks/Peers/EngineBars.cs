namespace Recite.Benchmarks.Peers;

/// <summary>A promise about the engine and what was measured.</summary>
/// <param name="What">What is compared.</param>
/// <param name="Theirs">The peer's figure, or the limit.</param>
/// <param name="Ours">Recite's figure.</param>
/// <param name="Value">Ratio or share that the bar speaks of.</param>
/// <param name="Bar">What it must reach.</param>
/// <param name="IsMet">Whether it does.</param>
internal sealed record EngineBar(string What, string Theirs, string Ours, string Value, string Bar, bool IsMet);

/// <summary>The bars that the engine is held to, judged on one run.</summary>
internal static class EngineBars
{
    private const int SmallGuarantee = 64;
    private const int MiddleGuarantee = 128;
    private static readonly (int Guarantee, double Share)[] IndexShares = [(64, 0.11), (128, 0.05), (200, 0.03)];

    public static IEnumerable<EngineBar> Judge(CorpusFigures main)
    {
        GuaranteeFigures small = At(main, SmallGuarantee);
        if (main.SuffixArray is { } array)
        {
            yield return Ratio("index stage, g = 64, beside libdivsufsort's build (CPU)", array.CpuSeconds, small.IndexStage.CpuSeconds, "s", 60, 120);
            yield return Ratio("JSON Lines to committed index, raw text, g = 64, beside libdivsufsort's build (CPU)", array.CpuSeconds, small.Raw.Build.CpuSeconds, "s", 12, 20);
            yield return Ratio("the same with compressed text", array.CpuSeconds, small.Zstd.Build.CpuSeconds, "s", 6, null);
        }

        foreach ((int guarantee, double share) in IndexShares)
        {
            BuildFigures build = At(main, guarantee).Zstd;
            double measured = (double)build.IndexBytes / main.TextBytes;
            yield return new EngineBar(
                Inv($"postings, directory, heavy lists at g = {guarantee}, of the text"), Inv($"{main.TextBytes / 1e6:F1} MB"), Inv($"{build.IndexBytes / 1e6:F1} MB"),
                Inv($"{measured:P1}"), Inv($"at most {share:P0}"), measured <= share);
        }

        if (main.FmIndex is { } fm)
        {
            long whole = At(main, MiddleGuarantee).Zstd.Parts.Values.Sum();
            yield return new EngineBar(
                "whole index with compressed text at g = 128 beside sdsl's FM-index", Inv($"{fm.IndexBytes / 1e6:F1} MB"), Inv($"{whole / 1e6:F1} MB"),
                Inv($"{(double)whole / fm.IndexBytes:F2}"), "below 1", whole < fm.IndexBytes);
        }

        if (small.SuffixFull is { } full && small.SuffixSampled is { } sampled)
        {
            yield return Ratio("mean query of 2 KB, g = 64, beside a lean suffix-array search (CPU)", full.All.Mean, small.Raw.Trace.All.Mean, "µs", 75, null);
            yield return Ratio(Inv($"mean query of 2 KB, g = 64, beside the best sampled use of a suffix array (k = {small.SuffixSampledGram})"), sampled.All.Mean, small.Raw.Trace.All.Mean, "µs", 28, 40);
        }
    }

    public static IEnumerable<EngineBar> JudgeTail(CorpusFigures prose, CorpusFigures boilerplate)
    {
        BuildFigures natural = At(prose, SmallGuarantee).Raw;
        yield return Tail("outermost spans", natural.Trace.All);
        yield return Tail("all maximal spans", natural.Maximal.All);
        GuaranteeFigures small = At(boilerplate, SmallGuarantee);
        yield return Worst("outermost spans", small.Raw.Trace, small.Zstd.Trace);
        yield return Worst("all maximal spans", small.Raw.Maximal, small.Zstd.Maximal);
    }

    public static IEnumerable<EngineBar> JudgeMemory(IEnumerable<CorpusFigures> corpora)
    {
        foreach (CorpusFigures corpus in corpora)
        {
            foreach ((string store, BuildFigures build) in corpus.Guarantees.SelectMany(at => new[] { (Inv($"raw, g = {at.Guarantee}"), at.Raw), (Inv($"zstd, g = {at.Guarantee}"), at.Zstd) }))
            {
                if (build.MemoryLimitBytes > 0)
                {
                    double share = (double)build.Build.PeakBytes / build.MemoryLimitBytes;
                    yield return new EngineBar(
                        $"peak memory of a build with --memory, {corpus.Name}, {store}", Inv($"{build.MemoryLimitBytes / 1e6:F0} MB"), Inv($"{build.Build.PeakBytes / 1e6:F0} MB"),
                        Inv($"{share:P0}"), "at most 100 %", share <= 1);
                }
            }
        }
    }

    private static EngineBar Tail(string what, QueryTimes times) => new(
        $"p99 of a query beside p50, prose, g = 64, {what}", Inv($"p50 {times.P50:F1} µs"), Inv($"p99 {times.P99:F1} µs"), Inv($"{times.P99 / times.P50:F1}x"), "at most 16x", times.P99 <= 16 * times.P50);

    private static EngineBar Worst(string what, TraceFigures raw, TraceFigures zstd)
    {
        double milliseconds = Math.Max(raw.All.Max, zstd.All.Max) / 1000;
        return new EngineBar($"worst query on boilerplate, g = 64, either store, {what}", "", Inv($"{milliseconds:F2} ms"), Inv($"{milliseconds:F2} ms"), "below 10 ms", milliseconds < 10);
    }

    private static GuaranteeFigures At(CorpusFigures corpus, int guarantee) => corpus.Guarantees.First(figures => figures.Guarantee == guarantee);

    private static EngineBar Ratio(string what, double theirs, double ours, string unit, double least, double? aim) => new(
        what, Inv($"{theirs:0.##} {unit}"), Inv($"{ours:0.###} {unit}"), Inv($"{theirs / ours:F1}x"),
        aim is { } wish ? Inv($"at least {least:F0}x, aiming at {wish:F0}x") : Inv($"at least {least:F0}x"), theirs >= least * ours);

    private static string Inv(FormattableString text) => FormattableString.Invariant(text);
}
