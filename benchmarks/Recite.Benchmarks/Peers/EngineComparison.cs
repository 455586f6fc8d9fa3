using System.Text.Json;
using System.Text.Json.Serialization;

namespace Recite.Benchmarks.Peers;

/// <summary><c>engine PEERS FOLDER RESULTS MAIN PROSE BOILERPLATE [LARGE]</c>: all corpora, all engines, one report.</summary>
internal static class EngineComparison
{
    private const string MainMemory = "512M";
    private const string LargeMemory = "1G";
    public static JsonSerializerOptions Json { get; } = new() { WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static int Run(string peers, string folder, string results, string main, string prose, string boilerplate, string? large)
    {
        var comparison = new CorpusComparison(new PeerDriver(peers), folder);
        CorpusFigures mainFigures = comparison.Run($"mixed, {SizeOf(main)}", main, withFm: true, MainMemory);
        CorpusFigures proseFigures = comparison.Run($"prose, {SizeOf(prose)}", prose, withFm: false, memory: null);
        CorpusFigures boilerplateFigures = comparison.Run($"HTML boilerplate, {SizeOf(boilerplate)}", boilerplate, withFm: false, memory: null);
        List<CorpusFigures> corpora = [mainFigures, proseFigures, boilerplateFigures];
        if (large is not null)
            corpora.Add(comparison.Run($"mixed with sources, {SizeOf(large)}", large, withFm: true, LargeMemory));
        Directory.Delete(folder, recursive: true);

        EngineBar[] bars = [.. EngineBars.Judge(mainFigures), .. EngineBars.JudgeTail(proseFigures, boilerplateFigures), .. EngineBars.JudgeMemory(corpora)];
        var figures = new EngineFigures(Path.GetFileName(results), File.ReadAllLines(Path.Combine(peers, "versions.txt")), corpora);
        File.WriteAllText(Path.Combine(results, "engine.json"), (JsonSerializer.Serialize(figures, Json) + "\n").ReplaceLineEndings("\n"));
        File.WriteAllText(Path.Combine(results, "engine.md"), EnginePage.Write(figures, bars));
        foreach (EngineBar bar in bars)
            Console.WriteLine($"{(bar.IsMet ? "met   " : "MISSED")} {bar.What}: {bar.Value} ({bar.Bar})");
        return 0;
    }

    private static string SizeOf(string corpus) => FormattableString.Invariant($"{new FileInfo(corpus).Length / 1e6:F0} MB");
}
