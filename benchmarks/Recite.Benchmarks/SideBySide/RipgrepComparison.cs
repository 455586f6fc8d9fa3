using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Recite.Benchmarks.SideBySide;

/// <summary>
/// The same question to ripgrep and to Recite on the same file: do these passages stand in the corpus? ripgrep scans the file, Recite
/// asks its index. The passages are plain enough to be found by both, and both answers are compared before any figure is written.
/// </summary>
internal static class RipgrepComparison
{
    private const int Passages = 1000;
    private const int Single = 20;
    private const int Repeats = 5;

    public static int Run(string corpus, string report)
    {
        string folder = Directory.CreateTempSubdirectory("recite-side-by-side-").FullName;
        try
        {
            string[] passages = DrawPassages(corpus);
            string patterns = Path.Combine(folder, "patterns.txt");
            File.WriteAllLines(patterns, passages);
            string[] files = [.. passages.Select((passage, i) => WritePassage(folder, i, passage))];
            string recite = Path.Combine("artifacts", "bin", "Recite.Cli", "release", "Recite.Cli");
            string index = Path.Combine(folder, "corpus.rix");

            MeasuredProcess build = Succeed(MeasuredProcess.Run(recite, "index", "build", corpus, "-o", index, "--no-progress"));
            MeasuredProcess verify = Succeed(MeasuredProcess.Run(recite, "index", "verify", index));
            MeasuredProcess[] rgAll = Many(() => MeasuredProcess.Run("rg", "-F", "--count-matches", "-f", patterns, corpus));
            MeasuredProcess[] oursAll = Many(() => Succeed(MeasuredProcess.Run(recite, ["match", .. files, "-c", index, "--json"])));
            MeasuredProcess[] rgOne = [.. passages.Take(Single).Select(passage => MeasuredProcess.Run("rg", "-F", "-c", passage, corpus))];
            MeasuredProcess[] oursOne = [.. files.Take(Single).Select(file => Succeed(MeasuredProcess.Run(recite, "match", file, "-c", index, "--json")))];

            CheckAnswers(passages, rgOne, oursAll[0].Output);
            long indexBytes = Directory.EnumerateFiles(index, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
            Write(report, new FileInfo(corpus).Length, indexBytes, build, verify, rgAll, oursAll, rgOne, oursOne);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Letters, digits and single spaces only: such a passage stands in the file as it stands in the text, so a scan can find it.
    private static string[] DrawPassages(string corpus)
    {
        var random = new Random(20_231_128);
        var passages = new List<string>();
        foreach (string line in File.ReadLines(corpus))
        {
            using JsonDocument json = JsonDocument.Parse(line);
            foreach (string text in json.RootElement.GetProperty("text").GetString()!.Split('\n'))
            {
                if (text.Length is >= 75 and < 400 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == ' ') && !text.Contains("  ", StringComparison.Ordinal)
                    && text.Trim().Length >= 70)
                {
                    passages.Add(text.Trim());
                }
            }
        }

        if (passages.Count < Passages)
            throw new InvalidOperationException($"only {passages.Count} passages of plain words were found");
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(passages));
        return [.. passages.Take(Passages)];
    }

    private static string WritePassage(string folder, int number, string passage)
    {
        string file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{number:D4}.txt"));
        File.WriteAllText(file, passage);
        return file;
    }

    private static MeasuredProcess[] Many(Func<MeasuredProcess> run) => [.. Enumerable.Range(0, Repeats).Select(_ => run())];

    private static MeasuredProcess Succeed(MeasuredProcess run) =>
        run.ExitCode == 0 ? run : throw new InvalidOperationException($"Recite ended with {run.ExitCode}");

    private static void CheckAnswers(string[] passages, MeasuredProcess[] rgOne, string json)
    {
        JsonElement[] inputs = [.. JsonDocument.Parse(json).RootElement.GetProperty("inputs").EnumerateArray()];
        for (int i = 0; i < passages.Length; i++)
        {
            bool found = inputs[i].GetProperty("matches").EnumerateArray().Any(match => match.GetProperty("end").GetInt32() - match.GetProperty("start").GetInt32() == passages[i].Length);
            if (!found)
                throw new InvalidOperationException($"Recite did not find passage {i}, which was cut from the corpus: {passages[i]}");
        }

        if (rgOne.Any(run => run.ExitCode != 0))
            throw new InvalidOperationException("ripgrep did not find a passage that was cut from the corpus");
    }

    private static void Write(
        string report, long corpusBytes, long indexBytes, MeasuredProcess build, MeasuredProcess verify,
        MeasuredProcess[] rgAll, MeasuredProcess[] oursAll, MeasuredProcess[] rgOne, MeasuredProcess[] oursOne)
    {
        double Cpu(MeasuredProcess[] runs) => runs.Select(run => run.CpuSeconds).Order().ElementAt(runs.Length / 2);
        string Row(string what, MeasuredProcess[] rg, MeasuredProcess[] ours) =>
            Inv($"| {what} | {Cpu(rg):F2} s | {Cpu(ours):F2} s | {Cpu(rg) / Cpu(ours):F1}x | {rg.Max(run => run.PeakBytes) / 1e6:F0} MB | {ours.Max(run => run.PeakBytes) / 1e6:F0} MB |");
        var page = new StringBuilder();
        page.AppendLine("# Recite beside ripgrep").AppendLine();
        page.AppendLine("Written by `benchmarks/run --ripgrep`. CPU seconds (user and system, all threads), median of the runs; read the ratios, the machine is").AppendLine("shared. Every answer was compared before this was written: each passage was found by both.").AppendLine();
        page.AppendLine(Inv($"Corpus: {corpusBytes / 1e6:F0} MB of JSON Lines from `eng/corpus 300M`; {Passages} passages of 70 to 400 characters cut from it.")).AppendLine();
        page.AppendLine("| question | ripgrep | Recite | ratio | ripgrep peak | Recite peak |").AppendLine("| --- | --- | --- | --- | --- | --- |");
        page.AppendLine(Row(Inv($"{Passages} passages in one run"), rgAll, oursAll));
        page.AppendLine(Row("one passage, start of the program included", rgOne, oursOne)).AppendLine();
        page.AppendLine("ripgrep scans the file each time and says which lines hold a passage as it is written; Recite answers from its index, sees through").AppendLine("case, spacing and punctuation, finds parts of a passage as well, and names every document and offset. At this size a scan from memory is the quicker way to ask for").AppendLine("a literal string, and most of a single question to Recite is the start of its runtime; what the engine itself takes stands in").AppendLine("`MatcherBenchmarks.md`. For its answers it builds once:").AppendLine();
        page.AppendLine("| step | CPU | wall | peak memory | on disk |").AppendLine("| --- | --- | --- | --- | --- |");
        page.AppendLine(Inv($"| `index build` (guarantee 64, text in zstd blocks) | {build.CpuSeconds:F1} s = {corpusBytes / 1e6 / build.CpuSeconds:F0} MB/s a core | {build.WallSeconds:F1} s | {build.PeakBytes / 1e6:F0} MB | {indexBytes / 1e6:F0} MB |"));
        page.AppendLine(Inv($"| `index verify` | {verify.CpuSeconds:F1} s | {verify.WallSeconds:F1} s | {verify.PeakBytes / 1e6:F0} MB | |"));
        File.WriteAllText(report, page.ToString().ReplaceLineEndings("\n"));
    }

    private static string Inv(FormattableString text) => FormattableString.Invariant(text);
}
