using System.Text;

namespace Recite.Benchmarks.Peers;

/// <summary>All that was measured on one corpus, in tables.</summary>
internal static class CorpusSection
{
    private const int StepsGuarantee = 64;

    public static void Write(StringBuilder page, CorpusFigures corpus)
    {
        page.AppendLine().AppendLine($"## {corpus.Name}").AppendLine();
        page.AppendLine(Inv($"{corpus.TextBytes / 1e6:F1} MB of text in {corpus.JsonLinesBytes / 1e6:F1} MB of JSON Lines, {corpus.NormalizedBytes / 1e6:F1} MB normalized."));
        WriteBuilds(page, corpus);
        if (corpus.Steps.Count > 0)
            WriteSteps(page, corpus);
        WriteSizes(page, corpus);
        WriteQueries(page, corpus);
    }

    private static void WriteBuilds(StringBuilder page, CorpusFigures corpus)
    {
        Heading(page, "Build", "| | CPU | wall | MB/s a core | on disk | of the text | peak memory |", 7);
        Stage(page, "floor: read, scan, write as many bytes", corpus.Floor, corpus.JsonLinesBytes, corpus.TextBytes);
        Stage(page, "libdivsufsort, array in memory", corpus.SuffixArray, corpus.NormalizedBytes, corpus.TextBytes);
        if (corpus.NoSuffixArray is not null)
            page.AppendLine($"| libdivsufsort | not run: {corpus.NoSuffixArray} | | | | | |");
        Stage(page, "sdsl FM-index, in memory", corpus.FmIndex, corpus.NormalizedBytes, corpus.TextBytes);
        foreach (GuaranteeFigures at in corpus.Guarantees)
        {
            Stage(page, Inv($"Recite, index stage, g = {at.Guarantee} (first round {at.ColdCpuSeconds:F2} s)"), at.IndexStage, corpus.NormalizedBytes, corpus.TextBytes);
            Stage(page, Inv($"Recite, JSON Lines to committed index, raw, g = {at.Guarantee}"), at.Raw.Build, corpus.JsonLinesBytes, corpus.TextBytes);
            Stage(page, Inv($"Recite, JSON Lines to committed index, zstd, g = {at.Guarantee}"), at.Zstd.Build, corpus.JsonLinesBytes, corpus.TextBytes);
        }
    }

    private static void WriteSteps(StringBuilder page, CorpusFigures corpus)
    {
        GuaranteeFigures at = corpus.Guarantees.First(figures => figures.Guarantee == StepsGuarantee);
        Heading(page, Inv($"What a build is made of, g = {at.Guarantee}"), "| step by itself, one thread | CPU | of a whole build, zstd | floors |", 4);
        double whole = at.Zstd.Build.CpuSeconds;
        double floor = corpus.Floor?.CpuSeconds ?? double.NaN;
        void Row(string what, double seconds) => page.AppendLine(Inv($"| {what} | {seconds:F2} s | {seconds / whole:P0} | {seconds / floor:F1} |"));
        Row("floor", floor);
        foreach (StepFigures step in corpus.Steps)
            Row(step.Name, step.CpuSeconds);
        Row("index stage", at.IndexStage.CpuSeconds);
        Row("whole build, raw", at.Raw.Build.CpuSeconds);
        Row("whole build, zstd", whole);
        page.AppendLine().AppendLine("Start of the runtime, compiling while running, the document table and digests of what is written are in the whole builds only.");
    }

    private static void WriteSizes(StringBuilder page, CorpusFigures corpus)
    {
        IReadOnlyList<string> parts = BuildFigures.IndexParts;
        Heading(page, "Size by part, MB", Inv($"| | {string.Join(" | ", parts)} | together | of the text | document table | text store | in all | segments | `verify`, CPU |"), parts.Count + 8);
        foreach ((string what, BuildFigures build) in corpus.Guarantees.SelectMany(at => new[] { (Inv($"g = {at.Guarantee}, raw"), at.Raw), (Inv($"g = {at.Guarantee}, zstd"), at.Zstd) }))
        {
            string each = string.Join(" | ", parts.Select(part => Inv($"{build.Parts.GetValueOrDefault(part) / 1e6:F2}")));
            page.AppendLine(Inv(
                $"| {what} | {each} | {build.IndexBytes / 1e6:F2} | {(double)build.IndexBytes / corpus.TextBytes:P2} | {build.DocumentBytes / 1e6:F2} | {build.TextBytes / 1e6:F1} | {build.AllBytes / 1e6:F1} | {build.Segments} | {build.VerifyCpuSeconds:F2} s |"));
        }
    }

    private static void WriteQueries(StringBuilder page, CorpusFigures corpus)
    {
        Heading(page, "Queries of 2 KB, CPU in µs", "| | mean | p50 | p99 | worst | kept out: mean / p99 | planted: mean / p99 | verbatim: mean / p99 | mean beside Recite raw |", 9);
        foreach (GuaranteeFigures at in corpus.Guarantees)
        {
            TraceFigures ours = at.Raw.Trace;
            Trace(page, Inv($"g = {at.Guarantee}: Recite, raw ({at.OutermostSpans} spans)"), ours, ours);
            Trace(page, Inv($"g = {at.Guarantee}: Recite, zstd"), at.Zstd.Trace, ours);
            Trace(page, Inv($"g = {at.Guarantee}: Recite, raw, inner spans too"), at.Raw.Maximal, ours);
            Trace(page, Inv($"g = {at.Guarantee}: Recite, zstd, inner spans too"), at.Zstd.Maximal, ours);
            Trace(page, Inv($"g = {at.Guarantee}: suffix array, every position"), at.SuffixFull, ours);
            Trace(page, Inv($"g = {at.Guarantee}: suffix array, sampled (k = {at.SuffixSampledGram})"), at.SuffixSampled, ours);
        }

        Trace(page, "FM-index, every window of 64 bytes, first queries only", corpus.FmCount, corpus.Guarantees[0].Raw.Trace);
        Trace(page, "ripgrep, about 20 windows of 64 bytes, every 50th query", corpus.Ripgrep, corpus.Guarantees[0].Raw.Trace);
    }

    private static void Heading(StringBuilder page, string title, string columns, int count) =>
        page.AppendLine().AppendLine($"### {title}").AppendLine().AppendLine(columns).AppendLine("|" + string.Concat(Enumerable.Repeat(" --- |", count)));

    private static void Stage(StringBuilder page, string what, StageFigures? stage, long bytes, long textBytes)
    {
        if (stage is null)
            return;
        string size = stage.IndexBytes == 0 ? "| " : Inv($"{stage.IndexBytes / 1e6:F1} MB | {(double)stage.IndexBytes / textBytes:P1}");
        page.AppendLine(Inv($"| {what} | {stage.CpuSeconds:F2} s | {stage.WallSeconds:F2} s | {bytes / 1e6 / stage.CpuSeconds:F0} | {size} | {stage.PeakBytes / 1e6:F0} MB |"));
    }

    private static void Trace(StringBuilder page, string what, TraceFigures? trace, TraceFigures ours)
    {
        if (trace is null)
            return;
        static string Pair(QueryTimes times) => double.IsNaN(times.Mean) ? "" : Inv($"{times.Mean:F1} / {times.P99:F1}");
        page.AppendLine(Inv(
            $"| {what} | {trace.All.Mean:F1} | {trace.All.P50:F1} | {trace.All.P99:F1} | {trace.All.Max:F1} | {Pair(trace.HeldOut)} | {Pair(trace.Planted)} | {Pair(trace.Verbatim)} | {trace.All.Mean / ours.All.Mean:F1}x |"));
    }

    private static string Inv(FormattableString text) => FormattableString.Invariant(text);
}
