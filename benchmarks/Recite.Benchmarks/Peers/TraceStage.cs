using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Text;

namespace Recite.Benchmarks.Peers;

/// <summary>
/// <c>trace INDEX QUERIES ROUNDS OUT</c>: every query against an index. Outermost spans, which is what a search with a suffix array gives,
/// to OUT.spans and CPU of each query to OUT.times; CPU for all maximal spans, inner ones too, to OUT.maximal.times. Then the first queries
/// once more with the index's pages forgotten.
/// </summary>
internal static class TraceStage
{
    private const int ColdQueries = 20;

    public static int Run(string indexPath, string queryPath, int rounds, string output)
    {
        byte[][] queries = QueryFile.Read(queryPath);
        var outermost = new IReadOnlyList<TextSpan>[queries.Length];
        var maximal = new IReadOnlyList<TextSpan>[queries.Length];
        using (CorpusIndex index = CorpusIndex.Open(indexPath))
        {
            var matcher = new Matcher(index);
            Trace(queries, rounds, outermost, query => matcher.FindOutermostSpans(query, CancellationToken.None), output + ".times");
            Trace(queries, rounds, maximal, query => matcher.FindMaximalSpans(query, CancellationToken.None), output + ".maximal.times");
        }

        for (int i = 0; i < queries.Length; i++)
        {
            if (!SpanSet.Outermost(maximal[i]).SequenceEqual(outermost[i]))
                throw new InvalidOperationException($"query {i}: the outermost of all maximal spans are others than those found by themselves");
        }

        long peakBytes = Process.GetCurrentProcess().PeakWorkingSet64;
        ColdFigures cold = TraceCold(indexPath, queries);
        SpanSet.Write(output + ".spans", outermost);
        Console.WriteLine(JsonSerializer.Serialize(new { queries = queries.Length, spans = outermost.Sum(found => found.Count), peakBytes, cold }));
        return 0;
    }

    private static void Trace(byte[][] queries, int rounds, IReadOnlyList<TextSpan>[] spans, Func<byte[], IReadOnlyList<TextSpan>> find, string timesPath)
    {
        var best = new long[queries.Length];
        Array.Fill(best, long.MaxValue);

        // The first round is for the compiler that works while the program runs; the others' drivers were compiled before.
        for (int round = 0; round <= rounds; round++)
        {
            for (int i = 0; i < queries.Length; i++)
            {
                long start = ThreadClock.Nanoseconds;
                spans[i] = find(queries[i]);
                if (round > 0)
                    best[i] = Math.Min(best[i], ThreadClock.Nanoseconds - start);
            }
        }

        File.WriteAllLines(timesPath, best.Select(time => time.ToString(CultureInfo.InvariantCulture)));
    }

    // The code is compiled by now, so what is slow is the disk.
    private static ColdFigures TraceCold(string indexPath, byte[][] queries)
    {
        PageCache.Forget(indexPath);
        using CorpusIndex index = CorpusIndex.Open(indexPath);
        var matcher = new Matcher(index);
        long read = PageCache.ReadBytes;
        double[] milliseconds = [.. queries.Take(ColdQueries).Select(query =>
        {
            long start = Stopwatch.GetTimestamp();
            matcher.FindOutermostSpans(query, CancellationToken.None);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        })];
        return new ColdFigures(milliseconds[0], milliseconds.Average(), milliseconds.Length, (PageCache.ReadBytes - read) / milliseconds.Length);
    }
}
