using System.Text.Json;
using Recite.Benchmarks.SideBySide;
using Recite.Indexing.Corpora;

namespace Recite.Benchmarks.Peers;

/// <summary>
/// <c>large NAME CORPUS PEERS FOLDER RESULTS</c>: one corpus as large as the disk allows, Recite alone: build, add, verify, queries warm and
/// cold, memory. No peer can say which spans are right at this size; that every window cut from the corpus is found whole is checked.
/// </summary>
internal static class LargeRun
{
    private const string Memory = "1G";
    private const string Store = "zstd";
    private const int TraceRounds = 2;
    private const int AddedShare = 20;
    private static readonly int[] Guarantees = [64, 200];

    public static int Run(string name, string corpus, string peers, string folder, string results)
    {
        PeerCorpus exported = PeerCorpus.Export(corpus, folder);
        File.Delete(exported.Normalized);
        string added = Path.Combine(folder, "added.jsonl");
        CutTail(exported.JsonLines, added);

        LargeIndexFigures[] indexes = [.. Guarantees.Select(guarantee => Measure(exported, added, guarantee, folder))];
        JsonElement floor = new PeerDriver(peers).Run("floor", exported.JsonLines, Path.Combine(folder, "floor"), FormattableString.Invariant($"{indexes[0].Whole.AllBytes}"));
        var figures = new LargeFigures(
            Path.GetFileName(results), name, new FileInfo(exported.JsonLines).Length, new FileInfo(added).Length, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            StageFigures.Of(floor), indexes);
        Directory.Delete(folder, recursive: true);
        File.WriteAllText(Path.Combine(results, "large.json"), (JsonSerializer.Serialize(figures, EngineComparison.Json) + "\n").ReplaceLineEndings("\n"));
        string page = LargePage.Write(figures);
        File.WriteAllText(Path.Combine(results, "large.md"), page);
        Console.Write(page);
        return 0;
    }

    private static LargeIndexFigures Measure(PeerCorpus corpus, string added, int guarantee, string folder)
    {
        string index = Path.Combine(folder, "large.rix");
        MeasuredProcess build = ReciteRuns.Build(corpus.JsonLines, index, guarantee, Store, Memory);
        (long builtText, _) = Describe(index);
        MeasuredProcess add = ReciteRuns.Add(added, index, Memory);
        MeasuredProcess verify = ReciteRuns.Verify(index);
        string output = Path.Combine(folder, "large");
        JsonElement trace = ReciteRuns.Trace(index, corpus.Queries, TraceRounds, output);
        RequireVerbatim(corpus, SpanSet.Read(output + ".spans"));
        (Dictionary<string, long> parts, int segments) = ReciteRuns.Parts(index);
        (long text, long documents) = Describe(index);
        Directory.Delete(index, recursive: true);
        return new LargeIndexFigures
        {
            Guarantee = guarantee,
            Documents = documents,
            TextBytes = text,
            BuiltTextBytes = builtText,
            Whole = new BuildFigures(
                StageFigures.Of(build, parts.Values.Sum()), ReciteRuns.MemoryBytes(Memory), verify.CpuSeconds, parts, segments,
                TraceFigures.Read(corpus.Kinds, output, trace), TraceFigures.Read(corpus.Kinds, output + ".maximal", trace)),
            Add = StageFigures.Of(add, 0),
            Verify = StageFigures.Of(verify, 0),
            Cold = JsonSerializer.Deserialize<ColdFigures>(trace.GetProperty("cold")) ?? throw new InvalidOperationException("no query was asked of a cold index"),
        };
    }

    private static (long TextBytes, long Documents) Describe(string path)
    {
        using CorpusIndex index = CorpusIndex.Open(path);
        return (index.Manifest.Bytes, index.Manifest.Documents);
    }

    private static void RequireVerbatim(PeerCorpus corpus, SpanSet spans)
    {
        for (int query = 0; query < corpus.QueryCount; query++)
        {
            if (corpus.Kinds[query] == QueryKind.Verbatim && !spans.Holds(query, 0, PeerCorpus.QueryBytes))
                throw new InvalidOperationException($"query {query} was cut from the corpus and is not found whole; no figure is printed");
        }
    }

    // Whole lines off the end, so that nothing of the corpus lies on the disk twice.
    private static void CutTail(string jsonLines, string tail)
    {
        using FileStream all = File.Open(jsonLines, FileMode.Open, FileAccess.ReadWrite);
        all.Position = all.Length - (all.Length / AddedShare);
        while (all.ReadByte() is not ('\n' or -1))
        {
        }

        long cut = all.Position;
        using (FileStream target = File.Create(tail))
            all.CopyTo(target);
        all.SetLength(cut);
    }
}
