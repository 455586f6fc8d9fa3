using System.Diagnostics;
using System.Globalization;
using Recite.Indexing.Corpora;
using Recite.Indexing.Matching;
using Recite.Indexing.Text;

namespace Recite.Benchmarks.Engine;

/// <summary>Times of single queries of 2 KB of normalized text: foreign, foreign with planted spans, verbatim.</summary>
internal static class QueryTimes
{
    private const int QueryBytes = 2048;
    private const int Queries = 1000;
    private const int Seed = 7;

    public static void Measure(CorpusIndex index, IReadOnlyList<byte[]> heldOut)
    {
        var random = new Random(Seed);
        byte[][] foreign = [.. heldOut.Select(text => index.Normalizer.NormalizeWithMap(text).Bytes.ToArray()).Where(text => text.Length >= QueryBytes)];
        byte[][] free = [.. Enumerable.Range(0, Queries).Select(_ => Cut(foreign[random.Next(foreign.Length)], random))];
        byte[][] planted = [.. free.Select(query => Plant(index, query, random))];
        byte[][] verbatim = [.. Enumerable.Range(0, Queries).Select(_ => Verbatim(index, random))];
        byte[][] mixed = [.. free.Take(Queries * 2 / 5), .. planted.Take(Queries * 2 / 5), .. verbatim.Take(Queries / 5)];
        foreach ((string name, byte[][] queries) in new[] { ("foreign", free), ("planted", planted), ("verbatim", verbatim), ("mixed", mixed) })
            Print(index, name, queries);
    }

    private static void Print(CorpusIndex index, string name, byte[][] queries)
    {
        var matcher = new Matcher(index);
        var best = new double[queries.Length];
        Array.Fill(best, double.MaxValue);
        long spans = 0;
        TimeSpan before = default;
        const int Rounds = 3;
        for (int round = 0; round <= Rounds; round++)
        {
            // The first round is for the just-in-time compiler and the page cache.
            if (round == 1)
                before = Environment.CpuUsage.TotalTime;
            spans = 0;
            for (int i = 0; i < queries.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                spans += matcher.FindMaximalSpans(queries[i], CancellationToken.None).Count;
                best[i] = Math.Min(best[i], Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }
        }

        double cpu = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / Rounds / queries.Length;
        Array.Sort(best);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"query {name,-9} {cpu,8:F1} us CPU mean; wall p50 {best[best.Length / 2],8:F1} p99 {best[best.Length * 99 / 100],8:F1} worst {best[^1],8:F1} us; {spans} spans"));
    }

    private static byte[] Cut(byte[] text, Random random) => text.AsSpan(random.Next(text.Length - QueryBytes + 1), QueryBytes).ToArray();

    private static byte[] Plant(CorpusIndex index, byte[] query, Random random)
    {
        byte[] planted = [.. query];
        for (int spans = random.Next(1, 5); spans > 0; spans--)
        {
            byte[] piece = Verbatim(index, random);
            int length = random.Next(32, 631);
            piece.AsSpan(0, length).CopyTo(planted.AsSpan(random.Next(QueryBytes - length)));
        }

        return planted;
    }

    private static byte[] Verbatim(CorpusIndex index, Random random)
    {
        while (true)
        {
            long document = random.NextInt64(index.DocumentCount);
            long bytes = index.GetDocument(document).Bytes;
            if (bytes < 2 * QueryBytes)
                continue;
            int length = (int)Math.Min(bytes, 1 << 16);
            TextNormalizer normalizer = index.Normalizer;
            byte[] text = normalizer.NormalizeWithMap(index.ReadText(document, random.NextInt64(bytes - length + 1), length)).Bytes.ToArray();
            if (text.Length >= QueryBytes)
                return Cut(text, random);
        }
    }
}
