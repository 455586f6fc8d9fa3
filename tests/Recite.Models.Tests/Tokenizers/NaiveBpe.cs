using System.Text;

namespace Recite.Models.Tests.Tokenizers;

/// <summary>Byte pair encoding as one would write it first, and its training: the oracle of the tokenizer tests.</summary>
internal sealed class NaiveBpe
{
    private readonly List<(string Left, string Right)> _merges;

    public NaiveBpe(List<(string Left, string Right)> merges)
    {
        _merges = merges;
        for (int value = 0; value < 256; value++) Vocabulary.Add(Spell([(byte)value]), value);
        foreach ((string left, string right) in merges) Vocabulary.TryAdd(left + right, Vocabulary.Count);
    }

    public Dictionary<string, int> Vocabulary { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<(string Left, string Right)> Merges => _merges;

    /// <summary>Learns the most frequent pairs of a text; ties by ordinal order.</summary>
    public static NaiveBpe Train(string text, int merges)
    {
        List<List<string>> words = text.Split(' ').Select(word => Letters(Encoding.UTF8.GetBytes(" " + word))).ToList();
        var learned = new List<(string, string)>();
        for (int i = 0; i < merges; i++)
        {
            var counts = new Dictionary<(string, string), int>();
            foreach (List<string> word in words)
            {
                for (int j = 0; j + 1 < word.Count; j++) counts[(word[j], word[j + 1])] = counts.GetValueOrDefault((word[j], word[j + 1])) + 1;
            }

            if (counts.Count == 0) break;
            (string, string) best = counts.OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key.Item1, StringComparer.Ordinal).ThenBy(pair => pair.Key.Item2, StringComparer.Ordinal).First().Key;
            learned.Add(best);
            foreach (List<string> word in words) MergeAll(word, best);
        }

        return new NaiveBpe(learned);
    }

    /// <summary>Merges one piece: the earliest merge that applies anywhere, leftmost, until none does.</summary>
    public List<int> Encode(byte[] piece)
    {
        List<string> parts = Letters(piece);
        while (true)
        {
            (int Rank, int At) best = (int.MaxValue, 0);
            for (int i = 0; i + 1 < parts.Count; i++)
            {
                int rank = _merges.LastIndexOf((parts[i], parts[i + 1]));
                if (rank >= 0 && rank < best.Rank) best = (rank, i);
            }

            if (best.Rank == int.MaxValue) return parts.Select(part => Vocabulary[part]).ToList();
            parts[best.At] += parts[best.At + 1];
            parts.RemoveAt(best.At + 1);
        }
    }

    public static string Spell(byte[] bytes) => string.Concat(Letters(bytes));

    private static void MergeAll(List<string> parts, (string Left, string Right) pair)
    {
        for (int i = 0; i + 1 < parts.Count; i++)
        {
            if ((parts[i], parts[i + 1]) != pair) continue;
            parts[i] += parts[i + 1];
            parts.RemoveAt(i + 1);
        }
    }

    private static List<string> Letters(byte[] bytes) => bytes.Select(Letter).ToList();

    // GPT-2's table, written from its description: printable Latin-1 as is, the others from U+0100 in order.
    private static string Letter(byte value)
    {
        static bool Prints(int b) => (b > 32 && b < 127) || (b > 160 && b != 173);
        return Prints(value) ? ((char)value).ToString() : ((char)(256 + Enumerable.Range(0, value).Count(b => !Prints(b)))).ToString();
    }
}
