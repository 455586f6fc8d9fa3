namespace Recite.Models.Tokenizers;

/// <summary>The result of merging two neighbouring tokens, and how early it is done: lower ranks first.</summary>
internal readonly record struct BpeMerge(int Rank, int Id);

/// <summary>Tokens as bytes, and the merges that build the longer ones; what a tokenizer file says, checked.</summary>
internal sealed class BpeVocabulary
{
    private readonly Dictionary<int, byte[]> _bytesOfToken;
    private readonly Dictionary<string, int> _idOfEntry;
    private readonly Dictionary<long, BpeMerge> _merges;
    private readonly int[] _idOfByte;

    /// <summary>Checks and links what the file holds; entries and merges are written in <see cref="ByteAlphabet"/>.</summary>
    /// <exception cref="FormatException">The entries do not make a byte-level vocabulary; the message completes "FILE ...".</exception>
    public BpeVocabulary(Dictionary<string, int> entries, IReadOnlyList<(string Left, string Right)> merges, IReadOnlySet<int> specialIds)
    {
        // Corpus text is data: what looks like a special token in it is spelled with ordinary ones.
        _idOfEntry = entries.Where(entry => !specialIds.Contains(entry.Value)).ToDictionary(StringComparer.Ordinal);
        _bytesOfToken = ReadBytes(_idOfEntry);
        _idOfByte = FindByteTokens(_idOfEntry);
        _merges = new Dictionary<long, BpeMerge>(merges.Count);
        for (int rank = 0; rank < merges.Count; rank++)
        {
            (string left, string right) = merges[rank];
            if (entries.TryGetValue(left + right, out int result) && specialIds.Contains(result)) continue;
            _merges[PairKey(IdOf(left, rank), IdOf(right, rank))] = new BpeMerge(rank, IdOf(left + right, rank));
        }
    }

    /// <summary>The largest id that encoding can produce.</summary>
    public int LargestId => _bytesOfToken.Keys.Max();

    /// <summary>The token of one byte.</summary>
    public int IdOfByte(byte value) => _idOfByte[value];

    /// <summary>The token whose vocabulary entry is <paramref name="entry"/>, written in the byte alphabet.</summary>
    public bool TryFind(string entry, out int id) => _idOfEntry.TryGetValue(entry, out id);

    /// <summary>The merge of two neighbouring tokens, if there is one.</summary>
    public bool TryMerge(int left, int right, out BpeMerge merge) => _merges.TryGetValue(PairKey(left, right), out merge);

    /// <summary>The bytes of a token, if the id stands for text.</summary>
    public bool TryReadToken(int id, out byte[] bytes) => _bytesOfToken.TryGetValue(id, out bytes!);

    private static long PairKey(int left, int right) => ((long)left << 32) | (uint)right;

    private static Dictionary<int, byte[]> ReadBytes(Dictionary<string, int> entries)
    {
        var bytesOfToken = new Dictionary<int, byte[]>(entries.Count);
        foreach ((string entry, int id) in entries)
        {
            if (!ByteAlphabet.TryReadBytes(entry, out byte[] bytes))
                throw new FormatException($"is not a byte-level vocabulary: the entry of token {id} holds characters outside the 256 that stand for bytes");
            if (!bytesOfToken.TryAdd(id, bytes)) throw new FormatException($"gives two entries the token id {id}");
        }

        return bytesOfToken;
    }

    private static int[] FindByteTokens(Dictionary<string, int> entries)
    {
        var idOfByte = new int[256];
        for (int value = 0; value < 256; value++)
        {
            // Bytes that never occur in UTF-8 need no token.
            bool occurs = value is not (0xC0 or 0xC1 or > 0xF4);
            if (entries.TryGetValue(ByteAlphabet.CharOf((byte)value).ToString(), out int id)) idOfByte[value] = id;
            else if (occurs) throw new FormatException($"has no token for the byte 0x{value:X2}, so that not every text could be encoded");
        }

        return idOfByte;
    }

    private int IdOf(string entry, int rank) => _idOfEntry.TryGetValue(entry, out int id)
        ? id
        : throw new FormatException($"has a merge (number {rank}) whose parts or result are not in the vocabulary");
}
