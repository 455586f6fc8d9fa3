using System.Text;

namespace Recite.Benchmarks.Peers;

/// <summary>The figures as a page: every ratio with both of its figures.</summary>
internal static class EnginePage
{

    public static string Write(EngineFigures figures, IReadOnlyList<EngineBar> bars)
    {
        var page = new StringBuilder();
        page.AppendLine("# The engine beside suffix arrays and an FM-index").AppendLine();
        page.AppendLine("Written by `benchmarks/run --engine`. All engines ran in one go on the same bytes and got the same queries; CPU is user and system").AppendLine("time of all threads, of one thread for a query. The machine is shared: read the ratios. **Answers were compared before this was").AppendLine("written**: the outermost spans of all queries are equal in Recite (raw and compressed store) and in both searches of the suffix").AppendLine("array at every guarantee, and the FM-index finds exactly the windows that lie in them.").AppendLine();
        page.AppendLine("Peers: " + string.Join(", ", figures.Versions.Select(line => line.Trim())) + "; drivers in `benchmarks/peers`, `-O3 -march=native`").AppendLine("(libdivsufsort itself is Debian's binary). Construction of a suffix array counts from text in memory to array in memory; Recite's index").AppendLine("stage from text in memory to files on disk, digests and flush included.").AppendLine();
        page.AppendLine("## Bars").AppendLine().AppendLine("| what | peer or limit | Recite | measured | bar | |").AppendLine("| --- | --- | --- | --- | --- | --- |");
        foreach (EngineBar bar in bars)
            page.AppendLine($"| {bar.What} | {bar.Theirs} | {bar.Ours} | {bar.Value} | {bar.Bar} | {(bar.IsMet ? "met" : "**missed**")} |");
        foreach (CorpusFigures corpus in figures.Corpora)
            WriteCorpus(page, corpus);
        return page.ToString().ReplaceLineEndings("\n");
    }

    public static void WriteCorpus(StringBuilder page, CorpusFigures corpus)
    {
        page.AppendLine().AppendLine($"## {corpus.Name}").AppendLine();
        page.AppendLine(Inv($"{corpus.TextBytes / 1e6:F1} MB of text in {corpus.JsonLinesBytes / 1e6:F1} MB of JSON Lines, {corpus.NormalizedBytes / 1e6:F1} MB normalized.")).AppendLine();
        page.AppendLine("### Build").AppendLine().AppendLine("| | CPU | wall | MB/s a core | on disk | of the text | peak memory |").AppendLine("| --- | --- | --- | --- | --- | --- | --- |");
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

        page.AppendLine().AppendLine("| size by part, MB | postings, directory, heavy lists | documents | text | segments | `verify` |").AppendLine("| --- | --- | --- | --- | --- | --- |");
        foreach ((string what, BuildFigures build) in corpus.Guarantees.SelectMany(at => new[] { (Inv($"g = {at.Guarantee}, raw"), at.Raw), (Inv($"g = {at.Guarantee}, zstd"), at.Zstd) }))
            page.AppendLine(Inv($"| {what} | {build.IndexBytes / 1e6:F1} ({(double)build.IndexBytes / corpus.TextBytes:P1}) | {build.DocumentBytes / 1e6:F1} | {build.TextBytes / 1e6:F1} | {build.Segments} | {build.VerifyCpuSeconds:F2} s |"));
        page.AppendLine().AppendLine("Files: " + string.Join("; ", corpus.Guarantees.Select(at => Inv($"g = {at.Guarantee}: ") + string.Join(", ", at.Zstd.Parts.OrderByDescending(part => part.Value).Select(part => Inv($"{part.Key} {part.Value / 1e6:F1}"))))) + " (MB, zstd).");

        page.AppendLine().AppendLine("### Queries of 2 KB, CPU in µs").AppendLine();
        page.AppendLine("400 windows of documents kept out of the corpus, 400 with passages of it written over them, 200 windows of it; the best of the rounds").AppendLine("for each query.").AppendLine();
        page.AppendLine("| | mean | p50 | p99 | worst | kept out: mean / p99 | planted: mean / p99 | verbatim: mean / p99 | mean beside Recite raw |").AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (GuaranteeFigures at in corpus.Guarantees)
        {
            TraceFigures ours = at.Raw.Trace;
            Trace(page, Inv($"g = {at.Guarantee}: Recite, raw ({at.OutermostSpans} spans)"), ours, ours);
            Trace(page, Inv($"g = {at.Guarantee}: Recite, zstd"), at.Zstd.Trace, ours);
            Trace(page, Inv($"g = {at.Guarantee}: suffix array, every position"), at.SuffixFull, ours);
            Trace(page, Inv($"g = {at.Guarantee}: suffix array, sampled (k = {at.SuffixSampledGram})"), at.SuffixSampled, ours);
        }

        Trace(page, "FM-index, every window of 64 bytes, first queries only", corpus.FmCount, corpus.Guarantees[0].Raw.Trace);
    }

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
