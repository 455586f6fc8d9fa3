using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Text;

namespace Recite.Benchmarks.Peers;

/// <summary><c>trace INDEX QUERIES ROUNDS OUT</c>: every query against an index, spans to OUT.spans, CPU of each to OUT.times.</summary>
internal static class TraceStage
{
    public static int Run(string indexPath, string queryPath, int rounds, string output)
    {
        byte[][] queries = QueryFile.Read(queryPath);
        using CorpusIndex index = CorpusIndex.Open(indexPath);
        var matcher = new Matcher(index);
        var best = new long[queries.Length];
        var spans = new IReadOnlyList<TextSpan>[queries.Length];
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

        SpanSet.Write(output + ".spans", [.. spans.Select(SpanSet.Outermost)]);
        File.WriteAllLines(output + ".times", best.Select(time => time.ToString(CultureInfo.InvariantCulture)));
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            queries = queries.Length,
            spans = spans.Sum(found => found.Count),
            peakBytes = Process.GetCurrentProcess().PeakWorkingSet64,
        }));
        return 0;
    }
}
