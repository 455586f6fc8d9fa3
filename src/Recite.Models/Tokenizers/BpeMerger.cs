using Recite.Targets;

namespace Recite.Models.Tokenizers;

/// <summary>
/// Byte pair encoding of one piece of text: starts from single bytes and applies, again and again, the merge of lowest rank
/// (leftmost first) until none applies. A heap of candidate merges makes that O(n log n), so that a piece of a million bytes
/// without a space does not take an hour. Not safe for concurrent use; the buffers are its own.
/// </summary>
internal sealed class BpeMerger(BpeVocabulary vocabulary)
{
    private const int None = -1;

    // A linked list over the bytes of the piece: a part is known by its first byte.
    private int[] _id = new int[64];
    private int[] _previous = new int[64];
    private int[] _next = new int[64];
    private readonly PriorityQueue<int, long> _candidates = new();

    /// <summary>Appends the tokens of <paramref name="piece"/>, which starts at byte <paramref name="offset"/> of the text.</summary>
    public void Encode(ReadOnlySpan<byte> piece, int offset, List<Token> tokens)
    {
        if (piece.IsEmpty) return;
        Split(piece);
        while (_candidates.TryDequeue(out int left, out long order)) Apply(left, (int)(order >> 32));
        for (int start = 0; start != None; start = _next[start])
        {
            int end = _next[start] == None ? piece.Length : _next[start];
            tokens.Add(new Token(_id[start], offset + start, offset + end));
        }
    }

    private void Split(ReadOnlySpan<byte> piece)
    {
        if (_id.Length < piece.Length)
        {
            int size = Math.Max(piece.Length, 2 * _id.Length);
            (_id, _previous, _next) = (new int[size], new int[size], new int[size]);
        }

        for (int i = 0; i < piece.Length; i++)
        {
            _id[i] = vocabulary.IdOfByte(piece[i]);
            _previous[i] = i - 1;
            _next[i] = i + 1 < piece.Length ? i + 1 : None;
        }

        for (int i = 0; i + 1 < piece.Length; i++) Consider(i);
    }

    private void Consider(int left)
    {
        if (left == None || _next[left] == None) return;
        if (vocabulary.TryMerge(_id[left], _id[_next[left]], out BpeMerge merge))
            _candidates.Enqueue(left, ((long)merge.Rank << 32) | (uint)left);
    }

    private void Apply(int left, int rank)
    {
        // The list has moved on since the candidate was put in: it stands only if the same pair still begins here.
        int right = _id[left] == None ? None : _next[left];
        if (right == None || !vocabulary.TryMerge(_id[left], _id[right], out BpeMerge merge) || merge.Rank != rank) return;
        _id[left] = merge.Id;
        _id[right] = None;
        _next[left] = _next[right];
        if (_next[left] != None) _previous[_next[left]] = left;
        Consider(_previous[left]);
        Consider(left);
    }
}
