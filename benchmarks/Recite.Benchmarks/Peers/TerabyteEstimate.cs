using System.Text;
using System.Text.Json;

namespace Recite.Benchmarks.Peers;

/// <summary>
/// <c>terabyte LARGE.json OUT.md</c>: what a terabyte of text would take, computed from the largest corpus that was built. On paper:
/// the page gives the measured constants, each formula and what it rests on; nothing was run at that size.
/// </summary>
internal static class TerabyteEstimate
{
    private const double Terabyte = 1e12;
    private const double SecondsPerHour = 3600;
    private const double SegmentTextBytes = 1L << 30;

    // A set of 64-bit hashes while it grows: entries of 16 bytes, a bucket of 4, and half of both once more while it doubles.
    private const double BytesPerId = 40;

    private const string Introduction = """
        # A terabyte of text on one machine, on paper

        Written by `benchmarks/run --terabyte` from `large.json` beside it: **computed, not measured**. Every line is its formula with the constants
        of the first table, which were measured on [one large corpus](large.md). T is 10¹² bytes of text.

        """;

    private const string Grounds = """
        ## What the formulas rest on

        - A build streams: documents go to segments of at most 1 GiB of text, each sorted and written by itself, so CPU, bytes written and wall time grow
          with the text. What is merged never changes that: segments are written once.
        - Memory does not grow but for ids: one 64-bit hash for each document that was read, so that two documents never get one id.
        - Texts that were seen before are known by a filter in memory and sorted files of keys; the filter has a fixed share of `--memory`, so on a
          corpus far larger than it, more keys are looked up in files than on the corpus measured. That is not in the figures.
        - Wall time on more cores divides the CPU by them, which holds until reading and writing at the floor's speed takes longer.
        - A query asks every segment by itself, and nothing is shared between segments: its CPU is that of one segment times their number.
        - Warm means that directory and fingerprints of all segments are in memory; slots, lists and text are read where a fingerprint fits.
          With less memory every lookup may be a read, which is the cold line: then the index belongs on several machines or g must be larger.

        """;

    public static int Run(string figuresPath, string pagePath)
    {
        if (!File.Exists(figuresPath))
            throw new InvalidOperationException($"{figuresPath} does not exist; benchmarks/run --huge writes it");
        LargeFigures figures = JsonSerializer.Deserialize<LargeFigures>(File.ReadAllText(figuresPath), EngineComparison.Json)
            ?? throw new InvalidOperationException($"{figuresPath} holds no figures");
        string page = Write(figures);
        File.WriteAllText(pagePath, page);
        Console.Write(page);
        return 0;
    }

    private static string Write(LargeFigures figures)
    {
        var page = new StringBuilder();
        page.AppendLine(Introduction);
        page.AppendLine("## Constants").AppendLine();
        page.AppendLine(Inv($"{figures.Name}, zstd, `--memory` {figures.Indexes[0].Whole.MemoryLimitBytes >> 20}M; {figures.Processor}, {figures.MachineMemoryBytes / 1e9:F0} GB of memory.")).AppendLine();
        Table table = new(page, figures.Indexes, "| | measured |");
        table.Row("t", "GB of text", at => Inv($"{at.TextBytes / 1e9:F3}"));
        table.Row("b", "GB of text in the build", at => Inv($"{at.BuiltTextBytes / 1e9:F3}"));
        table.Row("d", "documents", at => Inv($"{at.Documents}"));
        table.Row("c", "CPU of the build, s", at => Inv($"{at.Whole.Build.CpuSeconds:F1}"));
        table.Row("w", "its wall time, s", at => Inv($"{at.Whole.Build.WallSeconds:F1}"));
        table.Row("f", "wall time of the floor, s", _ => Inv($"{figures.Floor.WallSeconds:F1}"));
        table.Row("a", "CPU of adding t - b, s", at => Inv($"{at.Add.CpuSeconds:F1}"));
        table.Row("v", "wall time of verify, s", at => Inv($"{at.Verify.WallSeconds:F1}"));
        table.Row("i", "postings, directory, heavy lists, GB", at => Inv($"{at.Whole.IndexBytes / 1e9:F3}"));
        table.Row("r", "of these directory and fingerprints, GB", at => Inv($"{Resident(at) / 1e9:F3}"));
        table.Row("m", "document table, GB", at => Inv($"{at.Whole.DocumentBytes / 1e9:F3}"));
        table.Row("x", "text, GB", at => Inv($"{at.Whole.TextBytes / 1e9:F3}"));
        table.Row("s", "segments", at => Inv($"{at.Whole.Segments}"));
        table.Row("q", "warm query of 2 KB, mean CPU, ms", at => Inv($"{at.Whole.Trace.All.Mean / 1000:F2}"));
        table.Row("k", "cold query, mean wall of the first, ms", at => Inv($"{at.Cold.MeanMilliseconds:F1}"));
        table.Row("p", "peak memory of the build, GB", at => Inv($"{at.Whole.Build.PeakBytes / 1e9:F2}"));

        page.AppendLine().AppendLine("## A terabyte").AppendLine();
        table = new Table(page, figures.Indexes, "| | formula |");
        table.Row("build, CPU hours", "c · T/b", at => Hours(at.Whole.Build.CpuSeconds * Scale(at.BuiltTextBytes)));
        table.Row("build as measured, hours", "w · T/b", at => Hours(at.Whole.Build.WallSeconds * Scale(at.BuiltTextBytes)));
        table.Row("build on 16 cores, hours", "max(c/16, f) · T/b", at => Hours(Math.Max(at.Whole.Build.CpuSeconds / 16, figures.Floor.WallSeconds) * Scale(at.BuiltTextBytes)));
        table.Row("memory of the build, GB", Inv($"p + {BytesPerId:F0} bytes · d · T/t"), at => Inv($"{(at.Whole.Build.PeakBytes + (BytesPerId * at.Documents * Scale(at.TextBytes))) / 1e9:F1}"));
        table.Row("a gigabyte more, CPU seconds", "a / (t - b)", at => Inv($"{at.Add.CpuSeconds * 1e9 / at.AddedTextBytes:F1}"));
        table.Row("`verify`, hours", "v · T/t", at => Hours(at.Verify.WallSeconds * Scale(at.TextBytes)));
        table.Row("postings, directory, heavy lists, GB", "i · T/t", at => Gigabytes(at.Whole.IndexBytes, at));
        table.Row("document table, GB", "m · T/t", at => Gigabytes(at.Whole.DocumentBytes, at));
        table.Row("text, GB", "x · T/t", at => Gigabytes(at.Whole.TextBytes, at));
        table.Row("disk in all, GB; twice as much while merging", "(i + m + x) · T/t", at => Gigabytes(at.Whole.AllBytes, at));
        table.Row("segments S", "T / 2³⁰", _ => Inv($"{Math.Ceiling(Terabyte / SegmentTextBytes):F0}"));
        table.Row("memory for warm queries, GB", "r · T/t", at => Gigabytes(Resident(at), at));
        table.Row("2 KB traced warm, one core, ms", "q/s · S", at => Inv($"{at.Whole.Trace.All.Mean / 1000 * Segments(at):F0}"));
        table.Row("2 KB traced cold, ms", "k/s · S", at => Inv($"{at.Cold.MeanMilliseconds * Segments(at):F0}"));
        page.AppendLine().AppendLine(Grounds.TrimEnd());
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static double Scale(long textBytes) => Terabyte / textBytes;

    private static double Segments(LargeIndexFigures at) => Math.Ceiling(Terabyte / SegmentTextBytes) / at.Whole.Segments;

    private static long Resident(LargeIndexFigures at) => at.Whole.Parts.GetValueOrDefault("dir") + at.Whole.Parts.GetValueOrDefault("prints");

    private static string Hours(double seconds) => Inv($"{seconds / SecondsPerHour:F1}");

    private static string Gigabytes(long bytes, LargeIndexFigures at) => Inv($"{bytes * Scale(at.TextBytes) / 1e9:F1}");

    private static string Inv(FormattableString text) => FormattableString.Invariant(text);

    private sealed class Table
    {
        private readonly StringBuilder _page;
        private readonly IReadOnlyList<LargeIndexFigures> _indexes;

        public Table(StringBuilder page, IReadOnlyList<LargeIndexFigures> indexes, string columns)
        {
            (_page, _indexes) = (page, indexes);
            page.AppendLine(columns + string.Concat(indexes.Select(at => Inv($" g = {at.Guarantee} |")))).AppendLine("| --- | --- |" + string.Concat(Enumerable.Repeat(" --- |", indexes.Count)));
        }

        public void Row(string what, string how, Func<LargeIndexFigures, string> value) => _page.AppendLine($"| {what} | {how} | {string.Join(" | ", _indexes.Select(value))} |");
    }
}
