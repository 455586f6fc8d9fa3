using System.Diagnostics;
using System.Globalization;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Matching.Near;

namespace Recite.Benchmarks.Engine;

/// <summary>
/// <c>near INDEX [PASSAGES]</c>: passages of an index with seven words in a hundred changed are looked for. Each must be found at its very
/// bytes on both sides, or the run fails; then what one takes, with <c>--near 10%</c> and without.
/// </summary>
internal static class NearTimes
{
    private const int Seed = 11;
    private const int MaxSources = 10;

    public static int Run(string indexPath, int passages)
    {
        using CorpusIndex index = CorpusIndex.Open(indexPath);
        var random = new Random(Seed);
        EditedPassage[] items = [.. Enumerable.Range(0, passages).Select(_ => EditedPassage.Draw(index, random))];
        var tolerance = new NearTolerance(100);
        Print("near, first time", Measure(index, items, tolerance));
        int incomplete = items.Count(item => !Check(index, item, tolerance));
        Print("verbatim only", Measure(index, items, near: null));
        Print("near", Measure(index, items, tolerance));
        Console.WriteLine(Inv($"{passages} passages: {passages - incomplete} found to the byte on both sides, {incomplete} where the step budget ran out; peak working set {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB, of it managed {GC.GetTotalMemory(forceFullCollection: false) / 1e6:F0} MB"));
        return 0;
    }

    private static bool Check(CorpusIndex index, EditedPassage item, NearTolerance tolerance)
    {
        MatchResult result = Match(index, item, new MatchOptions { Near = tolerance, MaxSources = int.MaxValue });
        bool isFound = result.Matches.Any(match => match.Kind == MatchKind.NearVerbatim && match.Start == item.Start && match.End == item.End && match.Edits <= item.Edits
            && match.Sources.Any(source => source.Document == item.Document && source.Start == item.SourceStart && source.End == item.SourceEnd));
        return isFound || (!result.IsComplete ? false : throw new InvalidOperationException(
            Inv($"the passage at {item.SourceStart} of document {item.Document} was not found at its bytes: {string.Join(", ", result.Matches.Select(match => $"{match.Kind} {match.Start}-{match.End} {match.Edits}"))} instead of {item.Start}-{item.End}")));
    }

    private static (double[] Milliseconds, double Kilobytes) Measure(CorpusIndex index, EditedPassage[] items, NearTolerance? near)
    {
        var times = new double[items.Length];
        var options = new MatchOptions { Near = near, MaxSources = MaxSources };
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < items.Length; i++)
        {
            long start = Peers.ThreadClock.Nanoseconds;
            Match(index, items[i], options);
            times[i] = (Peers.ThreadClock.Nanoseconds - start) / 1e6;
        }

        Array.Sort(times);
        return (times, (GC.GetAllocatedBytesForCurrentThread() - allocated) / 1e3 / items.Length);
    }

    private static MatchResult Match(CorpusIndex index, EditedPassage item, MatchOptions options) =>
        new Matcher(index).Match(index.Normalizer.NormalizeWithMap(item.Query), options, CancellationToken.None);

    private static void Print(string name, (double[] Milliseconds, double Kilobytes) times) =>
        Console.WriteLine(Inv($"{name,-18} CPU mean {times.Milliseconds.Average(),8:F2} ms, p50 {times.Milliseconds[times.Milliseconds.Length / 2],8:F2}, p99 {times.Milliseconds[times.Milliseconds.Length * 99 / 100],8:F2}, worst {times.Milliseconds[^1],8:F2}; {times.Kilobytes,8:F0} kB allocated each"));

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
