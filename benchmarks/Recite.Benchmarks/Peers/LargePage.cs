using System.Text;

namespace Recite.Benchmarks.Peers;

/// <summary>The figures of one large corpus as a page.</summary>
internal static class LargePage
{
    private const string Introduction = """
        # One large corpus

        Written by `benchmarks/run --huge`; [how it is measured and read](../../../docs/guide/benchmarks.md). Sources and manuals of a distribution, each
        document once as its package holds it: real text, with the copies that projects hold of each other. No other engine runs at this size here, so
        what is checked is that every window cut from the corpus is found whole. One round of each build; the machine is shared.

        """;

    private const string Cold = """
        Cold: the program had answered the queries before, the index was closed and the system asked to forget its files; wall time of the first
        queries after that, and what each read from the disk.
        """;

    public static string Write(LargeFigures figures)
    {
        IReadOnlyList<LargeIndexFigures> all = figures.Indexes;
        var page = new StringBuilder();
        page.AppendLine(Introduction);
        page.AppendLine(Inv($"{figures.Name}: {all[0].TextBytes / 1e9:F2} GB of text in {all[0].Documents} documents; {figures.JsonLinesBytes / 1e9:F2} GB of JSON Lines are built, {figures.AddedJsonLinesBytes / 1e9:F2} GB added."));
        page.AppendLine(Inv($"Text in zstd blocks, `--memory` {all[0].Whole.MemoryLimitBytes >> 20}M; the machine has {figures.MachineMemoryBytes / 1e9:F0} GB. Floor (read, scan, write as many bytes): {Time(figures.Floor)}.")).AppendLine();
        page.AppendLine("| | " + string.Join(" | ", all.Select(index => Inv($"g = {index.Guarantee}"))) + " |");
        page.AppendLine("| --- |" + string.Concat(Enumerable.Repeat(" --- |", all.Count)));
        void Row(string what, Func<LargeIndexFigures, string> value) => page.AppendLine($"| {what} | {string.Join(" | ", all.Select(value))} |");
        Row("`index build`", index => Time(index.Whole.Build));
        Row("its JSON Lines, MB/s a core", index => Inv($"{figures.JsonLinesBytes / 1e6 / index.Whole.Build.CpuSeconds:F0}"));
        Row("its peak memory, MB", index => Inv($"{index.Whole.Build.PeakBytes / 1e6:F0} ({(double)index.Whole.Build.PeakBytes / index.Whole.MemoryLimitBytes:P0} of the limit)"));
        Row("`index add`", index => Time(index.Add));
        Row("its peak memory, MB", index => Inv($"{index.Add.PeakBytes / 1e6:F0} ({(double)index.Add.PeakBytes / index.Whole.MemoryLimitBytes:P0} of the limit)"));
        Row("CPU for a byte added beside a byte built", index => Inv($"{index.Add.CpuSeconds / figures.AddedJsonLinesBytes / (index.Whole.Build.CpuSeconds / figures.JsonLinesBytes):F2}"));
        Row("`index verify`", index => Time(index.Verify));
        Row("segments", index => Inv($"{index.Whole.Segments}"));
        Row("postings, directory, heavy lists", index => Size(index, index.Whole.IndexBytes));
        Row("document table", index => Size(index, index.Whole.DocumentBytes));
        Row("text", index => Size(index, index.Whole.TextBytes));
        Row("in all", index => Size(index, index.Whole.AllBytes));
        Row("2 KB, outermost spans, warm, CPU: mean / p50 / p99 / worst, ms", index => Times(index.Whole.Trace.All));
        Row("2 KB, all maximal spans, inner ones too", index => Times(index.Whole.Maximal.All));
        Row("2 KB kept out of the corpus, outermost", index => Times(index.Whole.Trace.HeldOut));
        Row("memory of the process that asks, its mapped pages included, MB", index => Inv($"{index.Whole.Trace.PeakBytes / 1e6:F0}"));
        Row("cold, the first query, ms", index => Inv($"{index.Cold.FirstMilliseconds:F0}"));
        Row("cold, mean of the first, ms", index => Inv($"{index.Cold.MeanMilliseconds:F1} (of {index.Cold.Queries}), {index.Cold.ReadBytes / 1e6:F1} MB read for each"));
        page.AppendLine().AppendLine(Cold).AppendLine();
        page.AppendLine("What it says about a terabyte on one machine stands in [terabyte.md](terabyte.md), computed from these figures.");
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static string Time(StageFigures stage) => Inv($"{stage.CpuSeconds:F1} s CPU, {stage.WallSeconds:F1} s wall");

    private static string Size(LargeIndexFigures index, long bytes) => Inv($"{bytes / 1e6:F1} MB, {(double)bytes / index.TextBytes:P2} of the text");

    private static string Times(QueryTimes times) => Inv($"{times.Mean / 1000:F2} / {times.P50 / 1000:F2} / {times.P99 / 1000:F2} / {times.Max / 1000:F2}");

    private static string Inv(FormattableString text) => FormattableString.Invariant(text);
}
