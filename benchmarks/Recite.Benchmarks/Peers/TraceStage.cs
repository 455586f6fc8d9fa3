using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Text;

namespace Recite.Benchmarks.Peers;

/// <summary>
/// <c>trace INDEX QUERIES ROUNDS OUT</c>: every query against an index, spans to OUT.spans, CPU of each to OUT.times; then the first
/// of them once more with the index's pages forgotten.
/// </summary>
internal static class TraceStage
{
    private const int ColdQueries = 20;

    public static int Run(string indexPath, string queryPath, int rounds, string output)
    {
        byte[][] queries = QueryFile.Read(queryPath);
        var spans = new IReadOnlyList<TextSpan>[queries.Length];
        long[] best = TraceWarm(indexPath, queries, rounds, spans);
        long peakBytes = Process.GetCurrentProcess().PeakWorkingSet64;
        ColdFigures cold = TraceCold(indexPath, queries);
        SpanSet.Write(output + ".spans", [.. spans.Select(SpanSet.Outermost)]);
        File.WriteAllLines(output + ".times", best.Select(time => time.ToString(CultureInfo.InvariantCulture)));
        Console.WriteLine(JsonSerializer.Serialize(new { queries = queries.Length, spans = spans.Sum(found => found.Count), peakBytes, cold }));
        return 0;
    }

    private static long[] TraceWarm(string indexPath, byte[][] queries, int rounds, IReadOnlyList<TextSpan>[] spans)
    {
        using CorpusIndex index = CorpusIndex.Open(indexPath);
        var matcher = new Matcher(index);
        var best = new long[queries.Length];
        Array.Fill(best, long.MaxValue);

        // The first round is for the compiler that works while the program runs; the others' drivers were compiled before.
        for (int round = 0; round <= rounds; round++)
        {
            for (int i = 0; i < queries.Length; i++)
            {
                long start = ThreadClock.Nanoseconds;
                spans[i] = matcher.FindOutermostSpans(queries[i], CancellationToken.None);
                if (round > 0)
                    best[i] = Math.Min(best[i], ThreadClock.Nanoseconds - start);
            }
        }

        return best;
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
            matcher.FindMaximalSpans(query, CancellationToken.None);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        })];
        return new ColdFigures(milliseconds[0], milliseconds.Average(), milliseconds.Length, (PageCache.ReadBytes - read) / milliseconds.Length);
    }
}
