using System.Text;

namespace Recite.Lab.Tokenizer;

/// <summary>
/// Learns byte-pair merges (Sennrich et al. 2016; byte-level as in GPT-2): the most frequent pair first, ties by the lower
/// pair of ids. Counts anew for each merge: on half a megabyte that takes a second or two, and nothing can drift.
/// </summary>
internal static class BpeTrainer
{
    public static Vocabulary Train(IEnumerable<string> texts, int vocabularyTokens)
    {
        int[] idOfByte = new int[256];
        for (int id = 0; id < 256; id++)
            idOfByte[ByteAlphabet.BytesByTokenId[id]] = id;
        (int[] Ids, int Count)[] words = [.. CountWords(texts).Select(word => (word.Key.Select(c => idOfByte[(byte)c]).ToArray(), word.Value))];

        var merges = new List<Merge>();
        while (256 + merges.Count + 1 < vocabularyTokens && MostFrequentPair(words) is { } best)
        {
            int merged = 256 + merges.Count;
            merges.Add(best);
            for (int i = 0; i < words.Length; i++)
                words[i].Ids = Apply(words[i].Ids, best, merged);
        }

        return new Vocabulary(merges);
    }

    /// <summary>Replaces each occurrence of the pair, left to right; returns the same array when there is none.</summary>
    public static int[] Apply(int[] ids, Merge merge, int merged)
    {
        List<int>? result = null;
        for (int i = 0; i < ids.Length; i++)
        {
            bool found = i + 1 < ids.Length && ids[i] == merge.Left && ids[i + 1] == merge.Right;
            if (found)
                result ??= [.. ids.AsSpan(0, i)];
            result?.Add(found ? merged : ids[i]);
            if (found)
                i++;
        }

        return result is null ? ids : [.. result];
    }

    // Ordered by content, so that the result does not depend on the order of a hash table.
    private static SortedDictionary<string, int> CountWords(IEnumerable<string> texts)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (byte[] word in texts.SelectMany(PreTokenizer.Split))
        {
            string key = Encoding.Latin1.GetString(word);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        return counts;
    }

    private static Merge? MostFrequentPair((int[] Ids, int Count)[] words)
    {
        var counts = new Dictionary<Merge, int>();
        foreach ((int[] ids, int count) in words)
        {
            for (int i = 0; i + 1 < ids.Length; i++)
            {
                var pair = new Merge(ids[i], ids[i + 1]);
                counts[pair] = counts.GetValueOrDefault(pair) + count;
            }
        }

        Merge? best = null;
        int bestCount = 1;
        foreach ((Merge pair, int count) in counts)
        {
            bool earlier = best is { } held && (pair.Left, pair.Right).CompareTo((held.Left, held.Right)) < 0;
            if (count > bestCount || (count == bestCount && earlier))
                (best, bestCount) = (pair, count);
        }

        return best;
    }
}
