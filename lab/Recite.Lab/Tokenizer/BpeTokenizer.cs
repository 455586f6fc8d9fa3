using System.Text;

namespace Recite.Lab.Tokenizer;

/// <summary>Turns text into token ids with a trained vocabulary; words are remembered, since texts repeat them.</summary>
internal sealed class BpeTokenizer
{
    private readonly Dictionary<string, int[]> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<Merge, int> _rankOf = [];
    private readonly int[] _idOfByte = new int[256];

    public BpeTokenizer(Vocabulary vocabulary)
    {
        Vocabulary = vocabulary;
        for (int id = 0; id < 256; id++)
            _idOfByte[ByteAlphabet.BytesByTokenId[id]] = id;
        for (int rank = 0; rank < vocabulary.Merges.Count; rank++)
            _rankOf.Add(vocabulary.Merges[rank], rank);
    }

    public Vocabulary Vocabulary { get; }

    public int[] Encode(string text)
    {
        var ids = new List<int>();
        foreach (byte[] word in PreTokenizer.Split(text))
            ids.AddRange(EncodeWord(word));
        return [.. ids];
    }

    private int[] EncodeWord(byte[] word)
    {
        string key = Encoding.Latin1.GetString(word);
        if (_known.TryGetValue(key, out int[]? known))
            return known;
        int[] ids = [.. word.Select(b => _idOfByte[b])];
        while (LowestRank(ids) is int rank)
            ids = BpeTrainer.Apply(ids, Vocabulary.Merges[rank], 256 + rank);
        _known.Add(key, ids);
        return ids;
    }

    private int? LowestRank(int[] ids)
    {
        int? lowest = null;
        for (int i = 0; i + 1 < ids.Length; i++)
        {
            if (_rankOf.TryGetValue(new Merge(ids[i], ids[i + 1]), out int rank) && (lowest is null || rank < lowest))
                lowest = rank;
        }

        return lowest;
    }
}
