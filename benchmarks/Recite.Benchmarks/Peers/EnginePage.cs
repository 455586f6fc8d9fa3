using System.Text;

namespace Recite.Benchmarks.Peers;

/// <summary>The figures as a page: every ratio with both of its figures.</summary>
internal static class EnginePage
{
    private const string Introduction = """
        # The engine beside suffix arrays, an FM-index and ripgrep

        Written by `benchmarks/run --engine`; [how it is measured and read](../../../docs/guide/benchmarks.md). All engines ran in one go on the same
        bytes and got the same queries. CPU is user and system time of all threads, of one thread for a query. The machine is shared: read the
        ratios.

        **Answers were compared before this was written**: the outermost spans of all queries are equal in Recite (raw and compressed store) and in
        both searches of the suffix array at every guarantee, the FM-index finds exactly the windows that lie in them, and whatever ripgrep names
        lies in them, and it names something whenever there is something.

        """;

    private const string HowPeersCount = """
        Construction of a suffix array counts from text in memory to array in memory, that of the FM-index likewise; Recite's index stage from text
        in memory to files on disk, digests and flush included. libdivsufsort itself is the distribution's binary.
        """;

    public static string Write(EngineFigures figures, IReadOnlyList<EngineBar> bars)
    {
        var page = new StringBuilder();
        page.AppendLine(Introduction);
        page.AppendLine("Peers: " + string.Join(", ", figures.Versions.Select(line => line.Trim())) + "; drivers in `benchmarks/peers`, `-O3 -march=native`.");
        page.AppendLine(HowPeersCount).AppendLine();
        page.AppendLine("## Bars").AppendLine().AppendLine("| what | peer or limit | Recite | measured | bar | |").AppendLine("| --- | --- | --- | --- | --- | --- |");
        foreach (EngineBar bar in bars)
            page.AppendLine($"| {bar.What} | {bar.Theirs} | {bar.Ours} | {bar.Value} | {bar.Bar} | {(bar.IsMet ? "met" : "**missed**")} |");
        foreach (CorpusFigures corpus in figures.Corpora)
            CorpusSection.Write(page, corpus);
        return page.ToString().ReplaceLineEndings("\n");
    }
}
