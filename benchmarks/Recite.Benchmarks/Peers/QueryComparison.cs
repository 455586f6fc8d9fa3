using System.Globalization;
using Recite.Indexing.Corpora;
using Recite.Indexing.Segments;
using Recite.Ingest;

namespace Recite.Benchmarks.Peers;

/// <summary>
/// <c>queries PEERS FOLDER CORPUS.jsonl g [g ...]</c>: queries alone, without measuring builds. The suffix array and the indexes in the
/// folder are used again when they are there; every query is asked anew of all engines, and all answers must be equal before a figure
/// is printed.
/// </summary>
internal static class QueryComparison
{
    private const int TraceRounds = 5;
    private const int SuffixRounds = 2;
    private static readonly int[] SuffixGrams = [24, 32, 48];

    public static async Task<int> RunAsync(string peers, string folder, string corpusPath, IReadOnlyList<int> guarantees)
    {
        var drivers = new PeerDriver(peers);
        PeerCorpus corpus = PeerCorpus.Export(corpusPath, folder);
        string array = Path.Combine(folder, "suffixes.sa");
        if (!File.Exists(array) || new FileInfo(array).Length != corpus.NormalizedBytes * sizeof(int))
            drivers.Run("suffix_array", "build", corpus.Normalized, array);

        foreach (int guarantee in guarantees)
        {
            QueryTimes raw = await TraceAsync(corpus, guarantee, TextStore.Raw, folder);
            SpanSet ours = SpanSet.Read(Output(folder, guarantee, TextStore.Raw) + ".spans");
            await TraceAsync(corpus, guarantee, TextStore.Zstd, folder);
            SpanSet.Read(Output(folder, guarantee, TextStore.Zstd) + ".spans").MustEqual(ours, Inv($"g = {guarantee}: the compressed store beside the raw one"));
            Print("suffix array, every position", raw, Search(drivers, corpus, folder, guarantee, "full", SuffixGrams[0], ours));
            foreach (int gram in SuffixGrams.Where(gram => gram < guarantee))
                Print(Inv($"suffix array, sampled, k = {gram}"), raw, Search(drivers, corpus, folder, guarantee, "sampled", gram, ours));
        }

        return 0;
    }

    private static async Task<QueryTimes> TraceAsync(PeerCorpus corpus, int guarantee, TextStore store, string folder)
    {
        string index = Path.Combine(folder, Inv($"g{guarantee}-{store}.rix"));
        if (!Directory.Exists(index))
        {
            var ingest = new DocumentIngest(new IngestOptions(), DocumentReaders.All());
            IAsyncEnumerable<Document> documents = ingest.ReadAsync([corpus.JsonLines], null, static _ => { }, static _ => { }, CancellationToken.None);
            await CorpusBuilder.BuildAsync(documents, index, new CorpusBuildOptions { Guarantee = guarantee, Store = store }, null, CancellationToken.None);
        }

        string output = Output(folder, guarantee, store);
        PeerDriver.RunOurs("trace", index, corpus.Queries, Inv($"{TraceRounds}"), output);
        Console.WriteLine(Inv($"g = {guarantee}, {store}"));
        foreach (QueryKind kind in Enum.GetValues<QueryKind>())
            Print(kind.ToString(), QueryTimes.Of(Times(output).Where((_, i) => corpus.Kinds[i] == kind)));
        var all = QueryTimes.Of(Times(output));
        Print("all", all);
        return all;
    }

    private static QueryTimes Search(PeerDriver drivers, PeerCorpus corpus, string folder, int guarantee, string how, int gram, SpanSet ours)
    {
        string output = Path.Combine(folder, Inv($"suffix-{guarantee}-{how}-{gram}"));
        drivers.Run("suffix_array", "search", corpus.Normalized, Path.Combine(folder, "suffixes.sa"), corpus.Queries, Inv($"{guarantee}"), Inv($"{gram}"), how, Inv($"{SuffixRounds}"), output);
        ours.MustEqual(SpanSet.Read(output + ".spans"), Inv($"g = {guarantee}: Recite beside the suffix array ({how})"));
        return QueryTimes.Of(Times(output));
    }

    private static double[] Times(string output) =>
        [.. File.ReadLines(output + ".times").Select(line => double.Parse(line, CultureInfo.InvariantCulture) / 1000)];

    private static string Output(string folder, int guarantee, TextStore store) => Path.Combine(folder, Inv($"ours-{guarantee}-{store}"));

    private static void Print(string what, QueryTimes ours, QueryTimes theirs) =>
        Console.WriteLine(Inv($"  {what,-32} mean {theirs.Mean,9:F1} us, {theirs.Mean / ours.Mean,6:F1}x Recite"));

    private static void Print(string what, QueryTimes times) => Console.WriteLine(Inv(
        $"  {what,-32} mean {times.Mean,9:F1} p50 {times.P50,9:F1} p99 {times.P99,9:F1} worst {times.Max,9:F1} us CPU; p99/p50 {times.P99 / times.P50:F1}"));

    private static string Inv(FormattableString text) => FormattableString.Invariant(text);
}
