using System.Globalization;
using System.Text;
using Recite.Indexing.Corpora;

namespace Recite.Benchmarks;

/// <summary>
/// A corpus made on the spot from a random seed: words with Zipf-like frequencies, sentences, paragraphs. It needs no download,
/// so every machine measures the same bytes; the side-by-side with other programs uses real text.
/// </summary>
internal static class BenchmarkCorpus
{
    private const int Words = 40_000;
    private const int DocumentWords = 700;

    /// <summary>Documents of about 4 KB each.</summary>
    public static List<Document> Make(int documents, int seed)
    {
        var random = new Random(seed);
        string[] vocabulary = [.. Enumerable.Range(0, Words).Select(_ => MakeWord(random))];
        return [.. Enumerable.Range(0, documents).Select(i =>
            new Document(i.ToString(CultureInfo.InvariantCulture), "", Encoding.UTF8.GetBytes(MakeText(random, vocabulary))))];
    }

    private static string MakeWord(Random random)
    {
        var word = new char[2 + random.Next(9)];
        for (int i = 0; i < word.Length; i++)
            word[i] = (char)('a' + random.Next(26));
        return new string(word);
    }

    private static string MakeText(Random random, string[] vocabulary)
    {
        var text = new StringBuilder();
        for (int i = 0; i < DocumentWords; i++)
        {
            // Squaring twice bends the uniform draw towards the first words, about as steeply as natural text.
            double draw = random.NextDouble();
            text.Append(vocabulary[(int)(draw * draw * draw * draw * vocabulary.Length)]);
            text.Append(i % 13 == 12 ? ".\n" : i % 7 == 6 ? ", " : " ");
        }

        return text.ToString();
    }
}
