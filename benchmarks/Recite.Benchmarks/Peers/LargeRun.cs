using System.Text;
using System.Text.Json;

namespace Recite.Benchmarks.Peers;

/// <summary><c>large NAME CORPUS FOLDER RESULTS</c>: one corpus as large as the disk allows, ours alone: build, verify, queries, memory.</summary>
internal static class LargeRun
{
    private const string Memory = "1G";

    public static int Run(string name, string corpus, string peers, string folder, string results)
    {
        CorpusFigures figures = new CorpusComparison(new PeerDriver(peers), folder).Run(name, corpus, withFm: false, Memory, quickly: true);
        Directory.Delete(folder, recursive: true);
        var all = new EngineFigures(Path.GetFileName(results), [], [figures]);
        File.WriteAllText(Path.Combine(results, "large.json"), (JsonSerializer.Serialize(all, EngineComparison.Json) + "\n").ReplaceLineEndings("\n"));
        var page = new StringBuilder();
        page.AppendLine("# One large corpus").AppendLine();
        page.AppendLine("Written by `benchmarks/run --huge`. Debian's sources and manuals, each document once as its package holds it: real text, with the copies").AppendLine("that projects hold of each other. One round of everything; the machine is shared.");
        EnginePage.WriteCorpus(page, figures);
        File.WriteAllText(Path.Combine(results, "large.md"), page.ToString().ReplaceLineEndings("\n"));
        foreach (EngineBar bar in EngineBars.JudgeMemory([figures]))
            Console.WriteLine($"{(bar.IsMet ? "met   " : "MISSED")} {bar.What}: {bar.Value} ({bar.Bar})");
        return 0;
    }
}
