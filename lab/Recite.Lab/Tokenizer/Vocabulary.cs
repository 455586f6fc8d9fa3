namespace Recite.Lab.Tokenizer;

/// <summary>A pair of token ids that becomes one token.</summary>
internal readonly record struct Merge(int Left, int Right);

/// <summary>A byte-level BPE vocabulary: ids 0-255 are bytes, then one id per merge, then the document separator.</summary>
internal sealed class Vocabulary
{
    public const string SeparatorText = "<|endoftext|>";

    private readonly byte[][] _bytesOfToken;

    public Vocabulary(IReadOnlyList<Merge> merges)
    {
        Merges = merges;
        _bytesOfToken = new byte[256 + merges.Count][];
        for (int id = 0; id < 256; id++)
            _bytesOfToken[id] = [ByteAlphabet.BytesByTokenId[id]];
        for (int rank = 0; rank < merges.Count; rank++)
            _bytesOfToken[256 + rank] = [.. _bytesOfToken[merges[rank].Left], .. _bytesOfToken[merges[rank].Right]];
    }

    public IReadOnlyList<Merge> Merges { get; }

    public int Separator => _bytesOfToken.Length;

    public int Count => _bytesOfToken.Length + 1;

    public string Spell(int id) => id == Separator ? SeparatorText : ByteAlphabet.Spell(_bytesOfToken[id]);
}
