using System.Diagnostics;
using System.Globalization;
using Recite.Indexing.Corpora;
using Recite.Indexing.Segments;
using Recite.Ingest;

namespace Recite.Benchmarks.Engine;

/// <summary>
/// <c>stages CORPUS.jsonl FOLDER [GUARANTEE] [raw|zstd]</c>: what each stage of a build and each kind of query costs on a real corpus,
/// in CPU seconds of all threads. Every 400th document is kept out of the index, so that there is text to ask for which is not in it.
/// </summary>
internal static class EngineStages
{
    private const int HeldOutEvery = 400;
    private const int Rounds = 3;

    public static async Task<int> RunAsync(string corpus, string folder, int guarantee, TextStore store)
    {
        Directory.CreateDirectory(folder);
        double megabytes = new FileInfo(corpus).Length / 1e6;
        Measure("floor: read and scan", megabytes, () => ReadAndScan(corpus));
        List<byte[]> heldOut = [];
        await MeasureAsync("documents out of JSON Lines", megabytes, async () =>
        {
            heldOut.Clear();
            await foreach (Document document in Documents(corpus, heldOut))
                _ = document;
        });

        string path = Path.Combine(folder, Inv($"g{guarantee}-{store}.rix"));
        var options = new CorpusBuildOptions { Guarantee = guarantee, Store = store };
        await MeasureAsync(Inv($"whole build, {store}"), megabytes, () => CorpusBuilder.BuildAsync(Documents(corpus, []), path, options, null, CancellationToken.None));

        using CorpusIndex index = CorpusIndex.Open(path);
        Sizes(index);
        QueryTimes.Measure(index, heldOut);
        Console.WriteLine(Inv($"peak working set {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB"));
        return 0;
    }

    private static async IAsyncEnumerable<Document> Documents(string corpus, List<byte[]> heldOut)
    {
        var ingest = new DocumentIngest(new IngestOptions(), DocumentReaders.All());
        long number = 0;
        await foreach (Document document in ingest.ReadAsync([corpus], null, static _ => { }, static _ => { }, CancellationToken.None))
        {
            if (++number % HeldOutEvery == 0)
                heldOut.Add(document.Text.ToArray());
            else
                yield return document;
        }
    }

    private static void ReadAndScan(string corpus)
    {
        using FileStream file = new(corpus, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        var buffer = new byte[1 << 20];
        long lines = 0;
        int read;
        while ((read = file.Read(buffer)) > 0)
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        if (lines == 0)
            throw new InvalidOperationException("the corpus has no lines");
    }

    private static void Sizes(CorpusIndex index)
    {
        foreach (IGrouping<string, ManifestPart> part in index.Manifest.Segments.SelectMany(segment => segment.Parts).GroupBy(part => part.Name, StringComparer.Ordinal))
        {
            long bytes = part.Sum(file => file.Bytes);
            Console.WriteLine(Inv($"  {part.Key,-10} {bytes / 1e6,9:F2} MB  {100.0 * bytes / index.Manifest.Bytes,6:F2} % of text"));
        }

        Console.WriteLine(Inv($"  segments {index.Manifest.Segments.Count}, postings {index.Manifest.Segments.Sum(segment => segment.Postings)}, normalized {100.0 * index.Manifest.Segments.Sum(segment => segment.NormalizedBytes) / index.Manifest.Bytes:F1} % of text"));
    }

    private static void Measure(string what, double megabytes, Action work) =>
        MeasureAsync(what, megabytes, () => { work(); return Task.CompletedTask; }).GetAwaiter().GetResult();

    private static async Task MeasureAsync(string what, double megabytes, Func<Task> work)
    {
        double best = double.MaxValue;
        double wall = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            await work();
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
            wall = Math.Min(wall, clock.Elapsed.TotalSeconds);
        }

        Console.WriteLine(Inv($"{what,-40} {best,7:F3} CPU s {megabytes / best,8:F0} MB/s a core {wall,7:F3} s wall"));
    }

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
