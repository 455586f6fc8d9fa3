using System.Buffers;
using System.Text;
using System.Text.Json;
using Recite.Indexing.Text;

namespace Recite.Benchmarks.Peers;

/// <summary>
/// One corpus as every engine gets it: JSON Lines without the documents that were kept out, the same normalized by our own code with
/// a byte 0xFF behind each document, and the queries.
/// </summary>
internal sealed record PeerCorpus(string JsonLines, string Normalized, string Queries, long TextBytes, long NormalizedBytes, IReadOnlyList<QueryKind> Kinds)
{
    public const int QueryBytes = 2048;

    private const int HeldOutQueries = 400;
    private const int PlantedQueries = 400;
    private const int VerbatimQueries = 200;
    private const int ShortestPlant = 32;
    private const int LongestPlant = 630;
    private const int MostPlants = 4;
    private const int RandomSeed = 20_261_123;
    private const byte Gap = 0xFF;

    public int QueryCount => Kinds.Count;

    /// <summary>Writes all three from a corpus of <c>eng/corpus</c>; the same bytes every time.</summary>
    public static PeerCorpus Export(string corpus, string folder)
    {
        Directory.CreateDirectory(folder);
        string jsonLines = Path.Combine(folder, "corpus.jsonl");
        string normalized = Path.Combine(folder, "normalized.txt");
        string queries = Path.Combine(folder, "queries.bin");
        HashSet<int> keptOut = ChooseHeldOut(corpus);
        List<byte[]> heldOut = [];
        long textBytes = Split(corpus, keptOut, jsonLines, normalized, heldOut);
        List<TraceQuery> drawn = Draw(heldOut, normalized);
        QueryFile.Write(queries, drawn);
        return new PeerCorpus(jsonLines, normalized, queries, textBytes, new FileInfo(normalized).Length, [.. drawn.Select(query => query.Kind)]);
    }

    // At most one document in twenty, so that the corpus stays what it was.
    private static HashSet<int> ChooseHeldOut(string corpus)
    {
        List<int> longEnough = [];
        int number = 0;
        foreach (string line in File.ReadLines(corpus))
        {
            // Normalization rarely makes a text half as long; what is too short all the same is passed over when queries are cut.
            if (line.Length > QueryBytes * 2)
                longEnough.Add(number);
            number++;
        }

        var random = new Random(RandomSeed);
        int[] shuffled = [.. longEnough];
        random.Shuffle(shuffled);
        return [.. shuffled.Take(Math.Min(HeldOutQueries + PlantedQueries, shuffled.Length / 20))];
    }

    private static long Split(string corpus, HashSet<int> keptOut, string jsonLines, string normalized, List<byte[]> heldOut)
    {
        using var lines = new StreamWriter(jsonLines, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        using FileStream texts = File.Create(normalized, 1 << 20);
        TextNormalizer normalizer = TextNormalizer.For("text");
        var buffer = new ArrayBufferWriter<byte>();
        long bytes = 0;
        int number = 0;
        foreach (string line in File.ReadLines(corpus))
        {
            using JsonDocument json = JsonDocument.Parse(line);
            byte[] text = Encoding.UTF8.GetBytes(json.RootElement.GetProperty("text").GetString()!);
            buffer.ResetWrittenCount();
            normalizer.Normalize(text, buffer);
            if (keptOut.Contains(number++))
            {
                if (buffer.WrittenCount >= QueryBytes)
                    heldOut.Add(buffer.WrittenSpan.ToArray());
                continue;
            }

            lines.WriteLine(line);
            texts.Write(buffer.WrittenSpan);
            texts.WriteByte(Gap);
            bytes += text.Length;
        }

        return bytes;
    }

    private static List<TraceQuery> Draw(List<byte[]> heldOut, string normalized)
    {
        var random = new Random(RandomSeed);
        using FileStream texts = File.OpenRead(normalized);
        byte[] HeldOut(int number)
        {
            byte[] document = heldOut[number % heldOut.Count];
            return document.AsSpan(random.Next(document.Length - QueryBytes + 1), QueryBytes).ToArray();
        }

        byte[] Planted(int number)
        {
            byte[] query = HeldOut(number);
            for (int plants = random.Next(1, MostPlants + 1); plants > 0; plants--)
            {
                byte[] passage = Window(texts, random.Next(ShortestPlant, LongestPlant + 1), random);
                passage.CopyTo(query, random.Next(QueryBytes - passage.Length + 1));
            }

            return query;
        }

        return
        [
            .. Enumerable.Range(0, HeldOutQueries).Select(i => new TraceQuery(QueryKind.HeldOut, HeldOut(i))),
            .. Enumerable.Range(HeldOutQueries, PlantedQueries).Select(i => new TraceQuery(QueryKind.Planted, Planted(i))),
            .. Enumerable.Range(0, VerbatimQueries).Select(_ => new TraceQuery(QueryKind.Verbatim, Window(texts, QueryBytes, random))),
        ];
    }

    private static byte[] Window(FileStream texts, int bytes, Random random)
    {
        var window = new byte[bytes];
        do
        {
            texts.Position = random.NextInt64(texts.Length - bytes);
            texts.ReadExactly(window);
        }
        while (window.AsSpan().Contains(Gap));
        return window;
    }
}
