using System.Text;

namespace Recite.Benchmarks.Peers;

/// <summary>
/// <c>terabyte FIGURES.json OUT.md</c>: what a terabyte of text would take, computed from the largest corpus that was measured. On
/// paper: everything is scaled, nothing was run at that size, and the page says what each line rests on.
/// </summary>
internal static class TerabyteEstimate
{
    private const double Terabyte = 1e12;
    private const int LeastSegments = 4;
    private const double SecondsPerHour = 3600;
    private static readonly int[] Cores = [2, 16, 64];

    public static int Run(string figuresPath, string pagePath)
    {
        CorpusFigures largest = EngineComparison.Read(figuresPath).Corpora.MaxBy(corpus => corpus.TextBytes)!;
        double scale = Terabyte / largest.TextBytes;
        var page = new StringBuilder();
        page.AppendLine("# A terabyte of text, on paper").AppendLine();
        page.AppendLine("Written by `benchmarks/run --terabyte` from `engine.json` beside it; **computed, not measured**.");
        page.AppendLine(Inv($"Basis: {largest.Name}, {largest.TextBytes / 1e6:F0} MB of text, the largest corpus of that file; factor {scale:F0}.")).AppendLine();
        page.AppendLine("- A build streams: segment after segment of bounded size, each written once, so CPU and bytes grow with the text and memory does not.");
        page.AppendLine("- Wall time divides CPU by cores, which holds until the disk is slower: reading the text and writing the index are listed beside it.");
        page.AppendLine("- A query asks every segment by itself: its cost is multiplied by the number of segments, measured per segment with everything in memory.");
        page.AppendLine("  That is the upper end for merged segments and the lower end for an index on a disk, where each look-up may be a read.").AppendLine();
        page.AppendLine("| | " + string.Join(" | ", largest.Guarantees.SelectMany(at => new[] { Inv($"g = {at.Guarantee}, zstd"), Inv($"g = {at.Guarantee}, raw") })) + " |");
        page.AppendLine("| --- |" + string.Concat(Enumerable.Repeat(" --- |", largest.Guarantees.Count * 2)));
        BuildFigures[] builds = [.. largest.Guarantees.SelectMany(at => new[] { at.Zstd, at.Raw })];
        void Row(string what, Func<BuildFigures, string> value) => page.AppendLine($"| {what} | {string.Join(" | ", builds.Select(value))} |");
        Row("build, CPU hours", build => Inv($"{build.Build.CpuSeconds * scale / SecondsPerHour:F1}"));
        foreach (int cores in Cores)
            Row(Inv($"build on {cores} cores, hours"), build => Inv($"{build.Build.CpuSeconds * scale / SecondsPerHour / cores:F2}"));
        Row("`verify`, CPU hours", build => Inv($"{build.VerifyCpuSeconds * scale / SecondsPerHour:F1}"));
        Row("postings, directory, heavy lists, GB", build => Inv($"{build.IndexBytes * scale / 1e9:F1}"));
        Row("documents, GB", build => Inv($"{build.DocumentBytes * scale / 1e9:F1}"));
        Row("text, GB", build => Inv($"{build.TextBytes * scale / 1e9:F0}"));
        Row("written in all, GB", build => Inv($"{build.Parts.Values.Sum() * scale / 1e9:F0}"));
        // One segment that is not full says nothing of how many there will be.
        string Scaled(BuildFigures build, FormattableString value) => build.Segments < LeastSegments ? "needs `--large`" : Inv(value);
        Row("segments", build => Scaled(build, $"{build.Segments * scale:F0}"));
        Row("peak memory of the build measured, MB", build => Inv($"{build.Build.PeakBytes / 1e6:F0}"));
        Row("2 KB traced, mean, CPU ms", build => Scaled(build, $"{build.Trace.All.Mean * scale / 1000:F1}"));
        page.AppendLine().AppendLine("One thread; queries run beside each other on as many cores as there are, and segments can be spread over machines.");
        File.WriteAllText(pagePath, page.ToString().ReplaceLineEndings("\n"));
        Console.Write(page);
        return 0;
    }

    private static string Inv(FormattableString text) => FormattableString.Invariant(text);
}
